// The movie as one .npy array, frame × height × width.
import { markOf } from "@minisim/output/mark";
import type { FileFormat } from "../contract.ts";
import { asciiOf, bytesOf, movieOf } from "../stream.ts";
import { npyHeader } from "./header.ts";

const DESCR = { uint8: "|u1", uint16: "<u2", float32: "<f4" } as const;

export const file: FileFormat = {
  name: "npy",
  title: "NumPy array",
  summary: "NumPy array (frame, height, width); np.load, CaImAn and everything in Python read it.",
  extension: ".npy",
  writeTo: (output, source, _, watch) =>
    output.stream(async (sink) => {
      await sink.append(npyHeader(DESCR[source.container], source.shape));
      for await (const { data } of movieOf(source, watch)) await sink.append(bytesOf(data));
      // NumPy reads as many values as the header says and leaves what follows.
      await sink.append(asciiOf(markOf("npy")));
    }),
};
