// HDF5 for Node, which reads and writes the disk itself. Loaded when it is first asked for.
import { type Hdf5, readied } from "./instance.ts";

let loading: Promise<Hdf5> | undefined;
let instances = 0;

export function loadHdf5(): Promise<Hdf5> {
  loading ??= readied(import("h5wasm/node"));
  return loading;
}

/** Another instance of the library, which knows of no file; from now on the one that is used. */
export function loadAnew(): Promise<Hdf5> {
  instances += 1;
  // The query makes it another module; the code that it compiles is shared.
  const address = `${import.meta.resolve("h5wasm/node")}?instance=${instances}`;
  loading = readied(import(/* @vite-ignore */ address) as Promise<Hdf5>);
  return loading;
}
