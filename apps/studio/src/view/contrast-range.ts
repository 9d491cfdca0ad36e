// Percentiles of a frame, from evenly spaced pixels.
export interface Range {
  readonly low: number;
  readonly high: number;
}

const SAMPLES = 20_000;

export function percentileRange(data: ArrayLike<number>, low: number, high: number): Range {
  const stride = Math.max(1, Math.floor(data.length / SAMPLES));
  const samples = new Float64Array(Math.ceil(data.length / stride));
  for (let i = 0; i < samples.length; i++) samples[i] = data[i * stride]!;
  samples.sort();
  const pick = (share: number) => samples[Math.round(share * (samples.length - 1))] ?? 0;
  const [dark, bright] = [pick(low), pick(high)];
  return { low: dark, high: bright > dark ? bright : dark + 1e-6 };
}
