// Methods that read a recording: frames, and the arrays of its truth.
import { scaleOf } from "@minisim/recording";
import { InputError } from "@minisim/spec/input";
import { z } from "zod";
import type { HeldRecordings } from "../held-recordings.ts";
import { handle, method } from "../parameters.ts";
import {
  coordinateFields,
  rowBytes,
  type TruthFieldInfo,
  type WireField,
  wireFields,
} from "../truth-fields.ts";
import { WireArray } from "../wire-array.ts";

/** Of rows in one message: large enough to cost nothing, small enough to be held twice. */
const BLOCK_BYTES = 2 ** 24;

export const valueMethods = (held: HeldRecordings) => ({
  frames: method(
    z.strictObject({
      recording: handle,
      start: z.int(),
      end: z.int(),
      stage: z.string().optional(),
    }),
    async ({ recording, start, end, stage }, { signal, block }) => {
      const one = held.get(recording);
      const [, height, width] = one.recorded.shape;
      for await (const part of one.frames({ start, end }, stage, signal)) {
        const shape = [part.end - part.start, height, width];
        await block(part.start, part.end, new WireArray(part.data, shape));
      }
    },
  ),
  /** The fields without their values, and what is no array. */
  truth: method(z.strictObject({ recording: handle }), async ({ recording }) => {
    const { recorded, truth: read } = held.get(recording);
    const truth = await read();
    const { fov_offset, fov_shape, focal_depth_um } = truth;
    return {
      fields: wireFields(truth).map(infoOf),
      coordinates: coordinateFields(recorded.spec, truth).map(infoOf),
      ...{ ...scaleOf(recorded), fov_offset, fov_shape, focal_depth_um },
    };
  }),
  field: method(
    z.strictObject({ recording: handle, name: z.string(), start: z.int(), end: z.int() }),
    async ({ recording, name, start, end }, { signal, block }) => {
      const { recorded, truth: read } = held.get(recording);
      const truth = await read();
      const fields = [...wireFields(truth), ...coordinateFields(recorded.spec, truth)];
      const field = fieldOf(fields, name);
      const length = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(1, rowBytes(field))));
      checkRows(field, start, end);
      for (let from = start; from < end; from += length) {
        signal.throwIfAborted();
        const to = Math.min(from + length, end);
        await block(from, to, field.rows(from, to));
      }
    },
  ),
});

const infoOf = ({ rows: _, ...info }: WireField): TruthFieldInfo => info;

function fieldOf(fields: readonly WireField[], name: string): WireField {
  const field = fields.find((one) => one.name === name);
  if (field) return field;
  const names = fields.map((one) => one.name).join(", ");
  throw new InputError([`name: this truth has no ${name}; it has ${names}.`]);
}

function checkRows({ name, shape }: WireField, start: number, end: number): void {
  if (start >= 0 && start <= end && end <= shape[0]!) return;
  throw new InputError([`${name} has ${shape[0]} rows: ${start} to ${end} is no part of them.`]);
}
