// The published known-answer vectors of Random123 for Philox4x32-10, in both implementations.
import { createKernels, type PhiloxKey, type PhiloxWords } from "@minisim/kernels";
import * as reference from "@minisim/kernels/reference";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const vectors: { counter: PhiloxWords; key: PhiloxKey; output: PhiloxWords }[] = [
  {
    counter: [0, 0, 0, 0],
    key: [0, 0],
    output: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    output: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    output: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
];

describe("known answers", () => {
  const kernels = createKernels();
  for (const { counter, key, output } of vectors) {
    test(`counter ${counter[0].toString(16)}…`, () => {
      expect(kernels.philox(counter, key)).toEqual(output);
      expect(reference.philox(counter, key)).toEqual(output);
    });
  }
});

test("kernel and reference agree on any block", () => {
  const kernels = createKernels();
  const word = fc.integer({ min: 0, max: 0xffffffff });
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
      expect(kernels.philox(counter, key)).toEqual(reference.philox(counter, key));
    }),
  );
});
