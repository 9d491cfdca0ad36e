import { neuropil } from "@minisim/step-neuropil";
import { conformance } from "@minisim/step-testkit";

conformance(neuropil, {
  neutral: { level: 0 },
  draws: true,
  shown: { none: "its fields are summed with courses: step.test.ts does so from the truth alone" },
  golden: new URL("./golden.json", import.meta.url),
});
