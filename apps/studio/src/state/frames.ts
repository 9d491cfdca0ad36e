// Frames that are here already, and the asking for others. Bounded by bytes, oldest first out.
import { signal } from "@preact/signals";
import { simulator } from "../engine/client.ts";
import type { Block } from "../engine/types.ts";
import { firstFrames, plan } from "./live.ts";

export const BLOCK = 8;
const LIMIT_BYTES = 160 * 2 ** 20;

/** Rises whenever frames arrive. */
export const arrivals = signal(0);

export interface Frame {
  readonly plan: number;
  readonly stage: string;
  readonly number: number;
  readonly data: Uint8Array | Uint16Array | Float32Array;
}

/** What frames are of. */
interface Film {
  readonly number: number;
  readonly frames: number;
  readonly height: number;
  readonly width: number;
}

interface Source {
  film(): Film | null;
  ask(plan: number, stage: string, first: number, count: number): Promise<Block | null>;
  /** Frames that came without being asked for. */
  given?(): readonly Block[];
}

/** The frame if it is here; else it is asked for. `ahead` blocks after it are asked for too. */
export type FrameOf = (stage: string, number: number, ahead?: number) => Frame | undefined;

export function framesFrom({ film, ask, given = () => [] }: Source): FrameOf {
  const kept = new Map<string, Block>();
  const asked = new Set<string>();
  let bytes = 0;

  function request(now: Film, stage: string, block: number): void {
    const key = keyOf(now.number, stage, block);
    if (kept.has(key) || asked.has(key)) return;
    // Few questions at a time, so that a new plan does not wait behind old ones.
    if (asked.size >= 3) return;
    asked.add(key);
    ask(now.number, stage, block * BLOCK, BLOCK)
      .then((arrived) => {
        if (arrived && film()?.number === arrived.plan) keep(key, arrived);
      })
      .catch(() => {})
      .finally(() => {
        asked.delete(key);
        arrivals.value += 1;
      });
  }

  function keep(key: string, block: Block): void {
    for (const [old, { plan: number, data }] of kept) {
      if (number === block.plan && bytes + block.data.byteLength <= LIMIT_BYTES) break;
      kept.delete(old);
      bytes -= data.byteLength;
    }
    kept.set(key, block);
    bytes += block.data.byteLength;
  }

  return (stage, number, ahead = 0) => {
    const now = film();
    if (!now || number >= now.frames) return undefined;
    const block = Math.floor(number / BLOCK);
    const blocks = Math.ceil(now.frames / BLOCK);
    for (let next = 0; next <= ahead; next++) request(now, stage, (block + next) % blocks);
    const found =
      kept.get(keyOf(now.number, stage, block)) ??
      given().find((one) => one.plan === now.number && one.stage === stage && one.first === number);
    if (!found) return undefined;
    const area = now.height * now.width;
    const start = (number - found.first) * area;
    const data = found.data.subarray(start, start + area);
    return { plan: now.number, stage, number, data };
  };
}

const keyOf = (number: number, stage: string, block: number) => `${number} ${stage} ${block}`;

/** Frames of the draft. */
export const frameOf: FrameOf = framesFrom({
  film: () => plan.value,
  ask: (...of) => simulator.frames(...of),
  given: () => firstFrames.value,
});
