// The formats of @minisim/interop as products. Loaded when the Generate view opens; what writes them is in the worker.
import {
  type FileFormat,
  type FileFormatName,
  fileFormatNames,
  InteropError,
  loadFileFormat,
  type MovieKind,
} from "@minisim/interop/web";
import type { Product } from "./product.ts";

export const fileProducts = (): Promise<Product[]> =>
  Promise.all(fileFormatNames.map(async (name) => productOf(name, await loadFileFormat(name))));

const productOf = (id: FileFormatName, format: FileFormat): Product => ({
  id,
  title: format.title,
  summary: format.summary,
  extension: format.extension,
  refusal: (movie) => refusalOf(format, movie),
});

function refusalOf(format: FileFormat, movie: MovieKind): string {
  try {
    format.check?.(movie);
    return "";
  } catch (error) {
    if (error instanceof InteropError) return error.message;
    throw error;
  }
}
