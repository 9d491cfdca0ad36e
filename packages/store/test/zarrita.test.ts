// Another program's reader finds the same arrays: zarrita, a Zarr implementation for JavaScript.
import { expect, test } from "vitest";
import * as zarr from "zarrita";
import { makeRecording, stored } from "./make.ts";

test("zarrita reads every array", async () => {
  const recording = makeRecording();
  const entries = await stored(recording);
  const root = zarr.root({ get: async (path: string) => entries.get(path.slice(1)) });
  const read = async (path: string) => {
    const array = await zarr.open.v3(root.resolve(path), { kind: "array" });
    const chunk = await zarr.get(array);
    const { data, shape } = chunk as { data: ArrayLike<unknown>; shape: number[] };
    return { values: Array.from(data, Number), shape, dims: array.dimensionNames };
  };

  expect(await read("observed")).toEqual({
    values: [...recording.observed.data],
    shape: [6, 5, 4],
    dims: ["frame", "height", "width"],
  });
  const truth = recording.ground_truth;
  for (const { name, array, shape } of truth.fields.values()) {
    const found = await read(`ground_truth/${name}`);
    expect({ name, ...found }).toMatchObject({ name, values: [...array.data], shape });
  }
  const { values } = await read("ground_truth/planted/data");
  expect(values).toEqual([...truth.planted.data]);
});
