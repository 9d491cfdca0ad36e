// In which order writers of NWB put the two axes of masks. The standard says (x, y). Some mean otherwise, and are known by what they
// write elsewhere:
// * suite2p ("suite2p output") puts rows into x and columns into y, and images likewise;
// * CaImAn ("CNMF_ROIs") numbers pixels down the columns, and cuts that list into rows of an image height × width;
// * NeuroConv (general/source_script) puts rows into x and columns into y of lists of pixels; its images are (x, y).
import type { H5Source } from "../h5/index.ts";
import type { ReadSettings } from "./settings.ts";

export type PixelAxes = "x_first" | "y_first";
export type Order = PixelAxes | "caiman";

export interface Writer {
  /** Where it does not keep to the standard with lists of pixels. */
  readonly name?: string;
  readonly pixels: PixelAxes;
  readonly images: Order;
  /** Whether the recording's field of view may say otherwise: not where the caller has chosen. */
  readonly isFree: boolean;
}

const NEUROCONV = /^(created using neuroconv\b|neuroconv provenance record)|\bNWB GUIDE\b/i;

export function writerOf(source: H5Source, table: string, { first_axis }: ReadSettings): Writer {
  if (first_axis !== "auto") {
    const order = first_axis === "x" ? "x_first" : "y_first";
    return { pixels: order, images: order, isFree: false };
  }
  const description = source.attribute(table, "description");
  if (description === "suite2p output") {
    return { name: "suite2p", pixels: "y_first", images: "y_first", isFree: true };
  }
  if (description === "CNMF_ROIs") return { pixels: "x_first", images: "caiman", isFree: true };
  if (NEUROCONV.test(source.text("/general/source_script") ?? "")) {
    return { name: "NeuroConv", pixels: "y_first", images: "x_first", isFree: true };
  }
  return { pixels: "x_first", images: "x_first", isFree: true };
}
