// Specs are UTF-8; what else editors, shells and slips of the hand make of them is called by its name.
import { decodeSpecText, SpecTextError } from "@minisim/spec/text";
import { describe, expect, test } from "vitest";

const name = "spec.yaml";
const decode = (bytes: Uint8Array) => decodeSpecText(bytes, { name });
const refusal = (bytes: Uint8Array) => {
  try {
    return decode(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(SpecTextError);
    expect((error as SpecTextError).code).toBe("encoding");
    return (error as SpecTextError).message;
  }
};

const text = "acquisition: { fps: 20 } # µm\nsteps: []\n";

/** The text in units of 2 or 4 bytes, with or without the mark of their order before it. */
function encoded(size: 2 | 4, littleEndian: boolean, mark: boolean): Uint8Array {
  const letters = [...(mark ? "\uFEFF" : ""), ...text].map((letter) => letter.codePointAt(0)!);
  const view = new DataView(new ArrayBuffer(size * letters.length));
  for (const [i, letter] of letters.entries()) {
    if (size === 2) view.setUint16(2 * i, letter, littleEndian);
    else view.setUint32(4 * i, letter, littleEndian);
  }
  return new Uint8Array(view.buffer);
}

test("UTF-8 is read, with a mark at its beginning or without", () => {
  const bytes = new TextEncoder().encode(text);
  expect(decode(bytes)).toBe(text);
  expect(decode(new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]))).toBe(text);
  expect(decode(new Uint8Array(0))).toBe("");
});

describe.each([true, false])("with a mark: %s", (mark) => {
  test.each([
    [2, true, "UTF-16 (little-endian)"],
    [2, false, "UTF-16 (big-endian)"],
    [4, true, "UTF-32 (little-endian)"],
    [4, false, "UTF-32 (big-endian)"],
  ] as const)("%i bytes, little-endian %s: %s", (size, littleEndian, encoding) => {
    expect(refusal(encoded(size, littleEndian, mark))).toBe(
      `spec.yaml:1:1  this is ${encoding}; save it as UTF-8.`,
    );
  });
});

test("an older encoding is said with its first letter's place", () => {
  const bytes = new TextEncoder()
    .encode("seed: 1\r\n# in ?m\r\n")
    .map((b) => (b === 0x3f ? 0xb5 : b));
  expect(refusal(bytes)).toBe("spec.yaml:2:6  this is not UTF-8 (byte 0xB5); save it as UTF-8.");
});

test("a letter cut at the end", () => {
  const bytes = new TextEncoder().encode("# µ");
  expect(refusal(bytes.subarray(0, 3))).toBe(
    "spec.yaml:1:3  this is not UTF-8 (byte 0xC2); save it as UTF-8.",
  );
});

test.each([
  ["zeros", new Uint8Array(100), 0],
  ["HDF5", [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0], 8],
  ["a zero in a text", [...new TextEncoder().encode("seed: 1"), 0], 7],
])("%s is binary", (_, bytes, at) => {
  expect(refusal(new Uint8Array(bytes))).toBe(
    `spec.yaml:1:1  this is binary data (byte ${at} is 0), not a text.`,
  );
});
