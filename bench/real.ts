// Measures realistic presets beside real recordings, over several seeds, and writes docs/validation-real.md:
//   npm run validate:real                       all presets: about twenty minutes
//   npm run validate:real -- grin_like/striatum that preset, or table, anew; the others as they were measured last
//   npm run validate:real -- none               the page alone
import { readFileSync, writeFileSync } from "node:fs";
import { type Observed, observe } from "./real/observe.ts";
import { page } from "./real/page.ts";
import { PAIRINGS } from "./real/pairings.ts";

const SEEDS = 6;
const MEASURED = new URL("./fixtures/real.json", import.meta.url);
const PAGE = new URL("../docs/validation-real.md", import.meta.url);

const measured = (): Record<string, Observed[]> => JSON.parse(readFileSync(MEASURED, "utf8"));

const names = process.argv.slice(2);
for (const pairing of PAIRINGS) {
  if (names.length > 0 && ![pairing.preset, pairing.title].some((one) => names.includes(one)))
    continue;
  const seeds: Observed[] = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    seeds.push(await observe(pairing, seed));
    process.stderr.write(`${pairing.title}: seed ${seed}\n`);
  }
  // At once and read anew, so that an interrupted run keeps what it has, and two runs can share the presets.
  const all = { ...measured(), [pairing.title]: seeds };
  writeFileSync(MEASURED, `${JSON.stringify(all, null, 2)}\n`);
}
writeFileSync(PAGE, page(measured()));
