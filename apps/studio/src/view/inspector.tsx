// The right column: what the recording holds, and what of it can be seen.
import { Counts } from "./counts.tsx";
import { Histograms } from "./histograms.tsx";
import { SideView } from "./side-view.tsx";
import { Traces } from "./traces.tsx";

export function Inspector() {
  return (
    <aside class="inspector" aria-label="What is in the recording">
      <Counts />
      <Traces />
      <Histograms />
      <SideView />
    </aside>
  );
}
