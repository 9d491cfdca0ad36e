import { sensor } from "@minisim/step-sensor";
import { conformance } from "@minisim/step-testkit";

conformance(sensor, {
  neutral: { none: "a sensor always counts" },
  draws: true,
  golden: new URL("./golden.json", import.meta.url),
});
