// All formats by name. Each is loaded when it is asked for: nobody who writes a TIFF waits for HDF5.
import type { Format } from "./contract.ts";
import { InteropError } from "./error.ts";

type Load = () => Promise<{ readonly format: Format }>;

// In the order in which a file is asked for its format: the particular before the general.
const FORMATS = {
  miniscope_v4: () => import("./miniscope-v4/index.ts"),
  miniscope_v3: () => import("./miniscope-v3/index.ts"),
  suite2p: () => import("./suite2p/index.ts"),
  minian: () => import("./minian/index.ts"),
  python_minisim: () => import("./python-minisim/index.ts"),
  nwb: () => import("./nwb/index.ts"),
  caiman: () => import("./caiman/index.ts"),
  matlab: () => import("./matlab/index.ts"),
  hdf5: () => import("./hdf5/index.ts"),
  npz: () => import("./npz/index.ts"),
  npy: () => import("./npy/index.ts"),
  avi: () => import("./avi/index.ts"),
  tiff: () => import("./tiff/index.ts"),
  mp4: () => import("./mp4/index.ts"),
  gif: () => import("./gif/index.ts"),
} as const satisfies Record<string, Load>;

export type FormatName = keyof typeof FORMATS;

export const formatNames = Object.keys(FORMATS) as readonly FormatName[];

/** @throws InteropError "unsupported" that lists the formats when there is none of this name. */
export async function loadFormat(name: string): Promise<Format> {
  if (!Object.hasOwn(FORMATS, name)) {
    const known = formatNames.join(", ");
    throw new InteropError("unsupported", `There is no format "${name}"; there are ${known}.`);
  }
  return (await FORMATS[name as FormatName]()).format;
}
