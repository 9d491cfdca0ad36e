// What can be made of a recording: the store, every format of @minisim/interop/web, a video to look at.
import { signal } from "@preact/signals";
import type { Product } from "./product.ts";

export const STORE: Product = {
  id: "store",
  title: "Native store",
  summary:
    "Zarr v3 with the movie and the whole ground truth; xarray and zarr open it as it is. The bytes are those that the command line writes.",
  extension: ".zarr",
  refusal: () => "",
};

export const VIDEO: Product = {
  id: "mp4",
  title: "MP4",
  summary: "Video for people: contrast stretched, lossy, encoded by the browser.",
  extension: ".mp4",
  refusal: ({ shape }) => (shape[0] > 0 ? "" : "The recording has no frames to look at."),
};

/** In the order of the menu; the formats come once they are loaded. */
export const products = signal<readonly Product[]>([STORE, VIDEO]);

let loading: Promise<void> | undefined;

export function loadProducts(): Promise<void> {
  loading ??= import("./file-products.ts").then(async ({ fileProducts }) => {
    products.value = [STORE, ...(await fileProducts()), VIDEO];
  });
  return loading;
}
