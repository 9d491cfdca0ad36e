import { neuropil } from "@minisim/step-neuropil";
import { conformance } from "@minisim/step-testkit";

conformance(neuropil, {
  neutral: { level: 0 },
  draws: true,
  golden: new URL("./golden.json", import.meta.url),
});
