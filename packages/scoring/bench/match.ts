// What matching costs: 1000 × 1000 cells on the field of a Miniscope V4, blurred as tissue blurs them. From the root:
//   npx tsx -C @minisim/source packages/scoring/bench/match.ts
// Prints milliseconds of each metric, the resident memory with the footprints loaded, and its peak.
import { FootprintStack } from "@minisim/footprint";
import { matchFootprints, type SimilarityMetric } from "@minisim/scoring";

const CELLS = 1000;
const RADIUS = 4;
const canvas = { height: 608, width: 608 };

let state = 1;
function draw(): number {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 0) / 2 ** 32;
}

/** Disks, one per place. */
function somas(places: readonly (readonly [row: number, col: number])[]): FootprintStack {
  const side = 2 * RADIUS + 1;
  const data = Float32Array.from({ length: side * side }, (_, k) => {
    const [y, x] = [Math.floor(k / side) - RADIUS, (k % side) - RADIUS];
    return y * y + x * x <= RADIUS * RADIUS ? 1 : 0;
  });
  const cells = places.map(([row, col]) => ({ row, col, height: side, width: side, data }));
  return FootprintStack.from(cells, canvas);
}

const span = canvas.height - 2 * RADIUS - 13;
const places = Array.from({ length: CELLS }, () => {
  return [6 + Math.floor(draw() * span), 6 + Math.floor(draw() * span)] as const;
});
const sigmas = places.map(() => 2 + 8 * draw());
const ones = new Array<number>(CELLS).fill(1);
const truth = somas(places).degrade(sigmas, ones);
// The estimate stands (3, −5) px off, a pixel of jitter more, and is a little sharper.
const seen = places.map(([row, col]) => {
  return [row + 3 + Math.floor(2 * draw()), col - 5 + Math.floor(2 * draw())] as const;
});
const estimate = somas(seen).degrade(
  sigmas.map((sigma) => 0.9 * sigma),
  ones,
);

const MB = 2 ** 20;
console.log(`${CELLS} × ${CELLS} cells, ${canvas.height} × ${canvas.width} px`);
console.log(
  `patches: ${(truth.data.length / 1e6).toFixed(2)} Mpx true, ${(estimate.data.length / 1e6).toFixed(2)} Mpx estimated`,
);
console.log(`RSS before: ${Math.round(process.memoryUsage().rss / MB)} MB`);
for (const metric of ["light", "iou", "cosine", "weighted_jaccard"] satisfies SimilarityMetric[]) {
  for (const shift of [null, "auto"] as const) {
    const start = performance.now();
    const match = matchFootprints(estimate, truth, { metric, shift });
    const ms = Math.round(performance.now() - start);
    console.log(
      `${metric}, shift ${shift}: ${ms} ms, ${match.estimate.length} pairs, shift ${match.shift.join(", ")}`,
    );
  }
}
console.log(`peak RSS: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
