// The classes of a report in words: how many of each, and who is split or merged.
import { CELL_CLASSES, ESTIMATE_CLASSES, MISSED_REASONS, type Report } from "@minisim/scoring";

/** "20 found, 5 merged". */
export const estimateClassWords = ({ estimate_classes }: Report): string =>
  counted(ESTIMATE_CLASSES, estimate_classes) || "–";

/** "20 found, 4 missed (3 dim, 1 crowded)". */
export function cellClassWords({ cell_classes, missed_because }: Report): string {
  const reasons = counted(MISSED_REASONS, missed_because);
  const words = counted(CELL_CLASSES, cell_classes);
  return words === "" ? "–" : reasons === "" ? words : `${words} (${reasons})`;
}

/** A sentence for each cell that counts and is split, merged or partial, and for those that are missed by each reason. */
export function cellSentences(report: Report): string[] {
  const { cells } = report;
  const known = cells.filter((cell) => cell.counted);
  const of = (verdict: string) => known.filter((cell) => cell.class === verdict);
  const lost = MISSED_REASONS.flatMap((reason) => {
    const names = known.filter((cell) => cell.missed_because === reason).map(({ cell }) => cell);
    return names.length === 0
      ? []
      : [`Missed, ${reason.replaceAll("_", " ")}: ${list("cell", names)}.`];
  });
  return [
    ...of("split").map(
      (row) => `Cell ${row.cell} is split into ${list("estimate", row.drawn_by)}.`,
    ),
    ...of("merged").map(
      (row) =>
        `Cell ${row.cell} is merged with ${list("cell", row.merged_with)} in ${list("estimate", row.drawn_by)}.`,
    ),
    ...of("partial").map(
      (row) => `Cell ${row.cell} is drawn in part by ${list("estimate", row.drawn_by)}.`,
    ),
    ...lost,
  ];
}

function counted<Name extends string>(
  names: readonly Name[],
  counts: Readonly<Record<Name, number>>,
): string {
  const present = names.filter((name) => counts[name] > 0);
  return present.map((name) => `${counts[name]} ${name.replaceAll("_", " ")}`).join(", ");
}

const list = (what: string, indices: readonly number[]): string =>
  `${what}${indices.length === 1 ? "" : "s"} ${indices.join(", ")}`;
