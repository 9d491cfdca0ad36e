// @minisim/interop/tab: the readers of results and of movies, where the files are those that were dropped into a tab. README.md beside this tells
// what a bundler has to put in place of Node.
export { detectFormat, readEstimate } from "../detect.ts";
export { InteropError } from "../error.ts";
export { readMovie } from "../movies/read.ts";
export { type DroppedFile, insert } from "./disk.ts";
export { unpacked } from "./unpacked.ts";
