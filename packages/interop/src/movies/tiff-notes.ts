// What ImageJ and OME-XML write into the description of a TIFF's first page: rate, size of a pixel, and how many planes of what.
// OME-XML 2016-06, https://docs.openmicroscopy.org/ome-model/latest/; ImageJ: ij.io.FileSaver.getDescriptionString.

export interface TiffNotes {
  /** Planes in the file, where ImageJ says so; else 1. */
  readonly images: number;
  readonly channels: number;
  readonly slices: number;
  readonly frames: number;
  readonly fps?: number | undefined;
  readonly pixel_size_um?: number | undefined;
}

const SECONDS: Readonly<Record<string, number>> = {
  s: 1,
  sec: 1,
  second: 1,
  seconds: 1,
  ms: 1e-3,
  msec: 1e-3,
  min: 60,
};
const MICRONS: Readonly<Record<string, number>> = {
  micron: 1,
  microns: 1,
  um: 1,
  "\\u00B5m": 1,
  µm: 1,
  Âµm: 1,
  "&#181;m": 1,
  "&#xB5;m": 1,
  nm: 1e-3,
  mm: 1e3,
};

/** The micro sign of UTF-8 reads as two characters of Latin 1, in which descriptions are decoded. */
export function tiffNotes(description = "", columnsPerUnit?: number): TiffNotes {
  return description.startsWith("ImageJ=")
    ? imageJNotes(description, columnsPerUnit)
    : omeNotes(description);
}

function imageJNotes(description: string, columnsPerUnit?: number): TiffNotes {
  const entries = new Map(description.split("\n").map((line) => splitAt(line, "=")));
  const number = (name: string) => Number(entries.get(name) ?? Number.NaN);
  const interval = number("finterval") * (SECONDS[entries.get("tunit") ?? "s"] ?? Number.NaN);
  const micron = MICRONS[entries.get("unit") ?? ""];
  return {
    images: number("images") || 1,
    channels: number("channels") || 1,
    slices: number("slices") || 1,
    frames: number("frames") || 1,
    fps: positive(1 / interval) ?? positive(number("fps")),
    pixel_size_um: positive((micron ?? Number.NaN) / (columnsPerUnit ?? Number.NaN)),
  };
}

function omeNotes(description: string): TiffNotes {
  const pixels = /<(?:\w+:)?Pixels\b[^>]*>/.exec(description)?.[0] ?? "";
  const text = (name: string) => new RegExp(`\\s${name}="([^"]*)"`).exec(pixels)?.[1];
  const number = (name: string) => Number(text(name) ?? Number.NaN);
  const interval =
    number("TimeIncrement") * (SECONDS[text("TimeIncrementUnit") ?? "s"] ?? Number.NaN);
  const micron = MICRONS[text("PhysicalSizeXUnit") ?? "µm"] ?? Number.NaN;
  return {
    images: 1,
    channels: number("SizeC") || 1,
    slices: number("SizeZ") || 1,
    frames: number("SizeT") || 1,
    fps: positive(1 / interval),
    pixel_size_um: positive(number("PhysicalSizeX") * micron),
  };
}

const positive = (value: number): number | undefined =>
  value > 0 && value < Number.POSITIVE_INFINITY ? value : undefined;

function splitAt(line: string, mark: string): [string, string] {
  const at = line.indexOf(mark);
  return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}
