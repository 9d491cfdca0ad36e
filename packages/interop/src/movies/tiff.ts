// A movie that is a TIFF: a page a frame; or, as ImageJ writes more than 4 GB, one page and all frames behind it.
import type { FileHandle } from "node:fs/promises";
import type { FrameRange } from "@minisim/recording";
import { InteropError } from "../error.ts";
import { withFsErrors } from "../fs-error.ts";
import { withFile } from "../read-file.ts";
import { openRegular } from "../regular-file.ts";
import { TiffFile, type TiffPage } from "../tiff/pages.ts";
import { FileWindow } from "./file-window.ts";
import type { NumberType, Part, StoredMovie } from "./stored-movie.ts";
import { type TiffNotes, tiffNotes } from "./tiff-notes.ts";

const KINDS = ["", "uint", "int", "float"] as const;
const UNCOMPRESSED = 1;

export async function openTiffMovie(path: string): Promise<StoredMovie> {
  const { places, first, notes } = await withFile(path, async (file, size) => {
    const tiff = tiffOf(file, size, path);
    const at = tiff.places();
    if (at.length === 0) throw new InteropError("malformed", `${path} has no pages.`);
    const notes = tiffNotes(tiff.description(at[0]!), tiff.columnsPerUnit(at[0]!));
    return { places: Float64Array.from(at), first: tiff.page(at[0]!, 0), notes };
  });
  const problem = planesProblem(notes);
  if (problem) throw new InteropError("unsupported", `${path} ${problem}.`);
  const { height, width, bits, sampleFormat, compression } = first;
  const isOnePage = places.length === 1 && notes.images > 1 && compression === UNCOMPRESSED;
  const frames = isOnePage ? notes.images : places.length;
  const pageOf = (tiff: TiffFile, frame: number) =>
    isOnePage ? shifted(first, frame) : tiff.page(places[frame]!, frame);
  return {
    place: path,
    shape: [frames, height, width],
    type: `${KINDS[sampleFormat]}${bits}` as NumberType,
    fps: notes.fps,
    pixel_size_um: notes.pixel_size_um,
    atOnce: (axis) => (axis === 0 ? 1 : [frames, height, width][axis]!),
    parts: (axis, range) =>
      partsOf(path, first, pageOf, axis === 0 ? range : { start: 0, end: frames }),
  };
}

function tiffOf(file: FileHandle, size: number, path: string): TiffFile {
  const bad = (problem: string) => new InteropError("malformed", `${path} ${problem}.`);
  return new TiffFile(new FileWindow(file.fd, size, path), bad);
}

function planesProblem({ channels, slices, frames }: TiffNotes): string | null {
  if (channels > 1) return `holds ${channels} channels, and a movie has one`;
  return slices > 1 && frames > 1
    ? `holds ${slices} planes at each of ${frames} times, and a movie has one`
    : null;
}

/** The page that lies so many pages behind the first. */
function shifted(page: TiffPage, by: number): TiffPage {
  const bytes = (page.height * page.width * page.bits) / 8;
  return { ...page, strips: [{ at: page.strips[0]!.at + by * bytes, bytes }] };
}

async function* partsOf(
  path: string,
  first: TiffPage,
  pageOf: (tiff: TiffFile, frame: number) => TiffPage,
  { start, end }: FrameRange,
): AsyncGenerator<Part> {
  const { height, width } = first;
  const { file, size } = await openRegular(path);
  try {
    const tiff = tiffOf(file, size, path);
    for (let frame = start; frame < end; frame++) {
      const data = await withFsErrors(path, async () => {
        const page = pageOf(tiff, frame);
        if (!isLike(page, first)) {
          const problem = `${path} has a page ${frame} of another size or type than the first.`;
          throw new InteropError("malformed", problem);
        }
        return tiff.pixels(page);
      });
      yield { origin: [frame, 0, 0], shape: [1, height, width], stride: [0, width, 1], data };
    }
  } finally {
    await file.close();
  }
}

const isLike = (page: TiffPage, first: TiffPage): boolean =>
  (["height", "width", "bits", "sampleFormat"] as const).every(
    (name) => page[name] === first[name],
  );
