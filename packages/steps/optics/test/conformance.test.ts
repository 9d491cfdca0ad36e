import { optics } from "@minisim/step-optics";
import { conformance } from "@minisim/step-testkit";

conformance(optics, {
  neutral: { none: "a scope always blurs" },
  draws: false,
  golden: new URL("./golden.json", import.meta.url),
});
