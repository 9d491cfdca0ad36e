// The formats that a browser can write, in the order in which people want them. Each is loaded when it is asked for.
import type { FileFormat } from "../contract.ts";

const FORMATS = {
  tiff: () => import("../tiff/file.ts"),
  avi: () => import("../avi/file.ts"),
  nwb: () => import("../nwb/file.ts"),
  hdf5: () => import("../hdf5/file.ts"),
  npy: () => import("../npy/file.ts"),
  npz: () => import("../npz/file.ts"),
  caiman: () => import("../caiman/file.ts"),
  gif: () => import("../gif/file.ts"),
} as const satisfies Record<string, () => Promise<{ readonly file: FileFormat }>>;

export type FileFormatName = keyof typeof FORMATS;

export const fileFormatNames = Object.keys(FORMATS) as readonly FileFormatName[];

export const loadFileFormat = async (name: FileFormatName): Promise<FileFormat> =>
  (await FORMATS[name]()).file;
