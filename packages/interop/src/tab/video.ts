// Compressed videos, which a tab does not decode frame by frame.
import { InteropError } from "../error.ts";
import type { ReadMovieOptions } from "../movies/options.ts";
import type { StoredMovie } from "../movies/stored-movie.ts";

/** As that of `../movies/video.ts`. @throws InteropError "unsupported" that says what to do. */
export async function openVideo(path: string, _: ReadMovieOptions): Promise<StoredMovie> {
  throw new InteropError(
    "unsupported",
    `${path} is a compressed video, and a tab reads AVI of uncompressed greys: convert it by ffmpeg -i ${path} -c:v rawvideo -pix_fmt gray grey.avi, or save it as a TIFF.`,
  );
}
