import { leakage } from "@minisim/step-leakage";
import { conformance } from "@minisim/step-testkit";

conformance(leakage, {
  neutral: { level: 0 },
  draws: false,
  shown: { addends: ["leakage"] },
  golden: new URL("./golden.json", import.meta.url),
});
