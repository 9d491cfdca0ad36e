import { composite } from "@minisim/step-composite";
import { conformance } from "@minisim/step-testkit";

conformance(composite, {
  neutral: { none: "the cells always shine" },
  draws: false,
  golden: new URL("./golden.json", import.meta.url),
});
