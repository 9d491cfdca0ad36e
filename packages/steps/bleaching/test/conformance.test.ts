import { bleaching } from "@minisim/step-bleaching";
import { conformance } from "@minisim/step-testkit";

conformance(bleaching, {
  params: { bleach_susceptibility: 0.01 },
  neutral: { bleach_susceptibility: 0 },
  draws: false,
  golden: new URL("./golden.json", import.meta.url),
});
