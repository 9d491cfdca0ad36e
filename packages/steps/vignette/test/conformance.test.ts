import { conformance } from "@minisim/step-testkit";
import { vignette } from "@minisim/step-vignette";

conformance(vignette, {
  neutral: { falloff: 1 },
  draws: false,
  shown: { factors: ["vignette"] },
  golden: new URL("./golden.json", import.meta.url),
});
