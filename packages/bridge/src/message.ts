// A message is JSON in which arrays may stand: `{ "$array": 2 }` is the third of those in the body. Its bytes are those of a machine that
// counts from the little end, as all are that run Node or NumPy today.
import { type Frame, frameOf } from "./frame.ts";
import { ProtocolError } from "./protocol-error.ts";
import { DTYPES, itemsOf, WireArray, type WireArrayInfo, type WireDtype } from "./wire-array.ts";

export type Message = Readonly<Record<string, unknown>>;

/** The bytes of a message. It shares the memory of the arrays. */
export function encodeMessage(message: object): Uint8Array[] {
  const arrays: WireArray[] = [];
  const header = withoutArrays(message, arrays) as object;
  const infos = arrays.map(({ dtype, shape }): WireArrayInfo => ({ dtype, shape }));
  const bytes = arrays.map(
    ({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  );
  return frameOf(arrays.length > 0 ? { ...header, arrays: infos } : header, bytes);
}

/** The message of a frame. @throws ProtocolError where its arrays and its bytes do not fit together. */
export function decodeMessage({ header, body }: Frame): Message {
  const { arrays: infos = [], ...rest } = header;
  const arrays = arraysIn(infos, body);
  return withArrays(rest, arrays) as Message;
}

function withoutArrays(value: unknown, arrays: WireArray[]): unknown {
  if (value instanceof WireArray) return { $array: arrays.push(value) - 1 };
  return mapped(value, (inner) => withoutArrays(inner, arrays));
}

function withArrays(value: unknown, arrays: readonly WireArray[]): unknown {
  const place = placeOf(value);
  if (place === undefined) return mapped(value, (inner) => withArrays(inner, arrays));
  const array = arrays[place];
  if (array) return array;
  throw new ProtocolError(`a message names the array ${place}, but has ${arrays.length}.`);
}

function placeOf(value: unknown): number | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const [key, ...others] = Object.keys(value);
  if (key !== "$array" || others.length > 0) return undefined;
  const place = (value as { $array: unknown }).$array;
  return typeof place === "number" ? place : undefined;
}

function mapped(value: unknown, change: (inner: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner)]));
}

function arraysIn(infos: unknown, body: Uint8Array): WireArray[] {
  if (!Array.isArray(infos) || !infos.every(isInfo)) {
    const known = Object.keys(DTYPES).join(", ");
    throw new ProtocolError(`arrays must be a list of { dtype, shape }, a dtype one of ${known}.`);
  }
  let at = 0;
  const arrays = infos.map(({ dtype, shape }) => {
    const Items = DTYPES[dtype];
    const length = itemsOf(shape) * Items.BYTES_PER_ELEMENT;
    // A copy: an array of numbers begins at a multiple of their size.
    const bytes = body.slice(at, at + length);
    at += length;
    if (bytes.length < length) throw doNotFit(infos, body);
    return new WireArray(new Items(bytes.buffer), shape, dtype);
  });
  if (at !== body.length) throw doNotFit(infos, body);
  return arrays;
}

function doNotFit(infos: readonly WireArrayInfo[], body: Uint8Array): ProtocolError {
  const bytes = infos
    .map(({ dtype, shape }) => itemsOf(shape) * DTYPES[dtype].BYTES_PER_ELEMENT)
    .reduce((a, b) => a + b, 0);
  return new ProtocolError(
    `the arrays of a message take ${bytes} bytes, but ${body.length} follow its header.`,
  );
}

function isInfo(value: unknown): value is WireArrayInfo {
  const { dtype, shape } = (value ?? {}) as Partial<WireArrayInfo>;
  const isShape =
    Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  return Object.hasOwn(DTYPES, dtype as WireDtype) && isShape;
}
