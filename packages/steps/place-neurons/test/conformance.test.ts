import { placeNeurons } from "@minisim/step-place-neurons";
import { conformance } from "@minisim/step-testkit";

conformance(placeNeurons, {
  params: { density_per_mm3: 2e5, morphology: "cytosolic" },
  neutral: { none: "no cells, no movie" },
  draws: true,
  golden: new URL("./golden.json", import.meta.url),
  needs: "nothing",
});
