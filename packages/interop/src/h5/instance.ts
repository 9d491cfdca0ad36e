// An instance of HDF5, the C library compiled to WebAssembly: its errors made exceptions, and what they say.

/** The parts of h5wasm that this package uses; the same in Node and in browsers. */
export type Hdf5 = typeof import("h5wasm");

/** Waits for an instance and makes it throw. */
export async function readied(importing: Promise<Hdf5>): Promise<Hdf5> {
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
  return innermost.replace(
    /[,:] (time|filename|file descriptor|buf|total write size|flags).*$/,
    "",
  );
}

/** The file system of a library that is ready, of which its types tell nothing: what the caller uses of it. */
export const fileSystemOf = <FileSystem>({ Module }: Hdf5): FileSystem =>
  (Module as unknown as { readonly FS: FileSystem }).FS;
