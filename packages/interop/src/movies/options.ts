// What can be said about a movie that its file does not tell.
export interface ReadMovieOptions {
  /** Which array of an HDF5, NWB or Zarr file; the only one that can be a movie where absent. */
  readonly dataset?: string;
  /** A letter for each axis, as tifffile names them: "TYX" for frame × height × width, "YXT", "TZYX" with a Z of length 1. */
  readonly axes?: string;
  /** The ffmpeg program, for compressed videos. */
  readonly ffmpeg?: string;
}
