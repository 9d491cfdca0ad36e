// The description of a code: RFC 8878, section 4.2.1. The weight of a byte value is 0 where it does not occur, else
// longest + 1 - length; the last one's follows from the others.
import { LENGTHS, TREE } from "./layout.ts";

// More weights than the plain form takes are coded by an FSE table (RFC 8878, section 4.1). Its frequencies are fixed
// here, in 64ths: with these the coded form always fits the 127 bytes that it may have, as few values have high weights.
const FREQUENCIES = memory.data<u8>([9, 9, 8, 8, 8, 6, 5, 3, 2, 2, 2, 2]);
const WEIGHTS: i32 = 12;
const STATES_LOG: i32 = 6;
const STATES: i32 = 1 << STATES_LOG;

/** u8 × 64: the states of each weight, rising, weight by weight. */
const STATES_OF: usize = TREE;
/** u8 × 12: where those of a weight begin. */
const FIRST_OF: usize = TREE + 64;
/** u8 × 64: the weight of each state. */
const WEIGHT_OF: usize = TREE + 80;
/** The description of the table, the same in every tree. */
const DESCRIPTION: usize = TREE + 144;
let descriptionBytes: i32 = 0;

export function prepareTree(): void {
  let state = 0;
  for (let weight = 0; weight < WEIGHTS; weight++) {
    for (let i = frequency(weight); i > 0; i--) {
      store<u8>(WEIGHT_OF + <usize>state, <u8>weight);
      state = (state + (STATES >> 1) + (STATES >> 3) + 3) & (STATES - 1);
    }
  }
  let at = 0;
  for (let weight = 0; weight < WEIGHTS; weight++) {
    store<u8>(FIRST_OF + <usize>weight, <u8>at);
    for (let i = 0; i < STATES; i++) {
      if (load<u8>(WEIGHT_OF + <usize>i) !== <u8>weight) continue;
      store<u8>(STATES_OF + <usize>at, <u8>i);
      at++;
    }
  }
  describeTable();
}

function frequency(weight: i32): i32 {
  return <i32>load<u8>(FREQUENCIES + <usize>weight);
}

let bits: u64 = 0;
let bitCount: i32 = 0;
let target: usize = 0;

function put(value: i32, length: i32): void {
  bits |= (<u64>value) << bitCount;
  bitCount += length;
  while (bitCount >= 8) {
    store<u8>(target++, <u8>bits);
    bits >>= 8;
    bitCount -= 8;
  }
}

function flush(): void {
  if (bitCount > 0) store<u8>(target++, <u8>bits);
  bits = 0;
  bitCount = 0;
}

/** Frequencies in numbers that get shorter as fewer states remain to be given away. */
function describeTable(): void {
  target = DESCRIPTION;
  put(STATES_LOG - 5, 4);
  let remaining = STATES + 1;
  let threshold = STATES;
  let length = STATES_LOG + 1;
  for (let weight = 0; weight < WEIGHTS; weight++) {
    const short = 2 * threshold - 1 - remaining;
    remaining -= frequency(weight);
    let value = frequency(weight) + 1;
    if (value >= threshold) value += short;
    put(value, value < short ? length - 1 : length);
    while (remaining < threshold) {
      length--;
      threshold >>= 1;
    }
  }
  flush();
  descriptionBytes = <i32>(target - DESCRIPTION);
}

/** Writes the description of LENGTHS; returns the byte after it. */
export function describeTree(at: usize, longest: i32): usize {
  let last = 255;
  while (load<u8>(LENGTHS + <usize>last) === 0) last--;
  if (last <= 128) return plainWeights(at, last, longest);
  target = at + 1;
  memory.copy(target, DESCRIPTION, descriptionBytes);
  target += descriptionBytes;
  codedWeights(last, longest);
  store<u8>(at, <u8>(target - at - 1));
  return target;
}

function weightOf(value: i32, longest: i32): i32 {
  const length = <i32>load<u8>(LENGTHS + <usize>value);
  return length === 0 ? 0 : longest + 1 - length;
}

function plainWeights(at: usize, count: i32, longest: i32): usize {
  store<u8>(at++, <u8>(127 + count));
  for (let value = 0; value < count; value += 2) {
    const second = value + 1 < count ? weightOf(value + 1, longest) : 0;
    store<u8>(at++, <u8>((weightOf(value, longest) << 4) | second));
  }
  return at;
}

/** Two states take turns; the decoder runs from the last bit to the first, so the weights are coded backwards. */
function codedWeights(count: i32, longest: i32): void {
  let even = 0;
  let odd = 0;
  for (let value = count - 1; value >= 0; value--) {
    const weight = weightOf(value, longest);
    if ((value & 1) === 0) even = step(even, weight);
    else odd = step(odd, weight);
  }
  put(odd - STATES, STATES_LOG);
  put(even - STATES, STATES_LOG);
  put(1, 1);
  flush();
}

/** The state from which the decoder reads `weight` and then comes to `state`; 0 stands for any. */
function step(state: i32, weight: i32): i32 {
  const count = frequency(weight);
  const first = <usize>load<u8>(FIRST_OF + <usize>weight);
  let rank = 0;
  if (state !== 0) {
    let length = 0;
    while (state >> length >= 2 * count) length++;
    put(state & ((1 << length) - 1), length);
    rank = (state >> length) - count;
  }
  return STATES + <i32>load<u8>(STATES_OF + first + <usize>rank);
}
