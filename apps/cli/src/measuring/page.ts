// placeholder
import type { Comparison, Pictures, RecordingMeasures, Reference } from "@minisim/measures";
export interface PageContent {
  readonly source: string;
  readonly measures: RecordingMeasures;
  readonly pictures: Pictures;
  readonly comparison: readonly Comparison[] | undefined;
  readonly references: readonly Reference[] | undefined;
}
export function measurePage(_: PageContent): string {
  return "";
}
