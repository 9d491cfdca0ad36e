// What became of estimates and of cells, in the order in which they are listed, and the colour of each.
export type EstimateClass =
  | "found"
  | "split"
  | "merged"
  | "redundant"
  | "partial"
  | "excused"
  | "hallucinated";
export type CellClass = "found" | "split" | "merged" | "partial" | "missed";

interface Kind {
  readonly name: EstimateClass | "missed";
  readonly color: string;
  readonly title: string;
}

export const KINDS: readonly Kind[] = [
  { name: "found", color: "#4fd1b5", title: "a cell that counts, well drawn" },
  { name: "partial", color: "#b7d968", title: "a part of a cell, or beside it" },
  {
    name: "split",
    color: "#ffd166",
    title: "a part of a cell whose other part is another estimate",
  },
  { name: "merged", color: "#ff9f45", title: "several cells in one" },
  { name: "redundant", color: "#c59bff", title: "a cell that another estimate draws already" },
  { name: "excused", color: "#8ab4d8", title: "a real cell that is too dim to be asked for" },
  { name: "hallucinated", color: "#ff5d8f", title: "nothing is there" },
  { name: "missed", color: "#e0656b", title: "a cell that counts, and that nobody drew" },
];

export const colorOf = (name: string): string =>
  KINDS.find((kind) => kind.name === name)?.color ?? "#ffffff";
