// The version of this program, from its own manifest.
export { version as VERSION } from "../package.json";
