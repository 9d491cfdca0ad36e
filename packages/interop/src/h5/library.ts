// HDF5 itself: the C library compiled to WebAssembly, loaded when it is first asked for, with its errors made exceptions.

/** The parts of h5wasm that this package uses. */
export type Hdf5 = typeof import("h5wasm/node");

let loading: Promise<Hdf5> | undefined;
let instances = 0;

export function loadHdf5(): Promise<Hdf5> {
  loading ??= load(import("h5wasm/node"));
  return loading;
}

/** Another instance of the library, which knows of no file; from now on the one that is used. */
export function loadAnew(): Promise<Hdf5> {
  instances += 1;
  // The query makes it another module; the code that it compiles is shared.
  const address = `${import.meta.resolve("h5wasm/node")}?instance=${instances}`;
  loading = load(import(/* @vite-ignore */ address) as Promise<Hdf5>);
  return loading;
}

async function load(importing: Promise<Hdf5>): Promise<Hdf5> {
  const hdf5 = await importing;
  const module = await hdf5.ready;
  // Without this, HDF5 prints what goes wrong and goes on.
  module.activate_throwing_error_handler();
  // Without this, the runtime prints that the library gave up, as it does on some damaged files, before it throws.
  Object.assign(module, {
    onAbort: (reason: unknown) => {
      throw new WebAssembly.RuntimeError(`the library gave up: ${reason}`);
    },
  });
  return hdf5;
}

/** Whether the library itself came to grief: that instance is of no use any more. */
export const isFatal = (error: unknown): boolean => error instanceof WebAssembly.RuntimeError;

/** HDF5's own reason, the innermost line of its stack of errors. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const reasons = [...message.matchAll(/in \w+\(\): ([^\n]+)/g)];
  const innermost = reasons.at(-1)?.[1] ?? message.split("\n", 1)[0]!;
  // Without its times and addresses.
  return innermost.replace(/, (time|filename|file descriptor|buf|total write size|flags).*$/, "");
}
