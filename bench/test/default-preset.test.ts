// The default preset stays where real recordings are.
import { expect, test } from "vitest";
import { type Observed, observe } from "../real/observe.ts";
import { PAIRINGS } from "../real/pairings.ts";
import { NEAR } from "../real/summary.ts";

const SEEDS = [10, 11];

async function means(title: string, reduced: object): Promise<Record<string, number>> {
  const pairing = { ...PAIRINGS.find((one) => one.title === title)!, ...reduced };
  const seeds: Observed[] = [];
  for (const seed of SEEDS) seeds.push(await observe(pairing, seed));
  return Object.fromEntries(
    Object.keys(seeds[0]!).map((name) => [
      name,
      seeds.reduce((sum, one) => sum + one[name]!, 0) / seeds.length,
    ]),
  );
}

/** Three standard errors of a mean over SEEDS, from the standard deviation over six seeds (10 to 15) of the same reduced recording. */
const spread = (sd: number) => (3 * sd) / Math.sqrt(SEEDS.length);

// The reference of a share or a correlation is widened by NEAR in what it leaves of 1, of others in itself; then by the spread of so short a recording.
test("its variance is mostly background, little noise, and least cells", async () => {
  const ours = await means("The default beside striatum, at the reference's light", {
    duration_s: 15,
  });
  const least = (reference: number) => 1 - NEAR * (1 - reference);
  expect(ours["variance_shares.background"]).toBeGreaterThan(least(0.906) - spread(0.041));
  expect(ours["raw_local_correlation.50"]).toBeGreaterThan(least(0.942) - spread(0.032));
  expect(ours["variance_shares.noise"]).toBeLessThan(0.075 * NEAR + spread(0.023));
  expect(ours["variance_shares.noise"]).toBeGreaterThan(0.075 / NEAR - spread(0.023));
  // From CNMF-E's share, which leaves out the cells that it did not find, to the ring's share in the wireless recording.
  expect(ours["variance_shares.local"]).toBeGreaterThan(0.019 / NEAR);
  expect(ours["variance_shares.local"]).toBeLessThan(0.1133);
  const noise = ours["photon_transfer_rows_removed.relative_noise_at_median_level"];
  expect(noise).toBeGreaterThan(0.00433 / NEAR);
  expect(noise).toBeLessThan(0.00433 * NEAR);
  expect(ours["mean_frame.sd_over_mean"]).toBeGreaterThan(0.0166 / NEAR - spread(0.0032));
  expect(ours["mean_frame.sd_over_mean"]).toBeLessThan(0.0201 * NEAR + spread(0.0032));
});

test("its sensor counts electrons, and has a fixed pattern, as a real one", async () => {
  const ours = await means("The default beside a wireless Miniscope", {});
  const slope = ours["photon_transfer_rows_removed.slope"];
  expect(slope).toBeGreaterThan(0.05996 / NEAR);
  expect(slope).toBeLessThan(0.05996 * NEAR);
  const pattern = ours["pattern_noise.fixed_pattern_sd_over_level"];
  expect(pattern).toBeGreaterThan(0.01655 / NEAR);
  expect(pattern).toBeLessThan(0.01655 * NEAR);
});
