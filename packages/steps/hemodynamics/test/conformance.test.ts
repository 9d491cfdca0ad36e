import { hemodynamics } from "@minisim/step-hemodynamics";
import { conformance } from "@minisim/step-testkit";

conformance(hemodynamics, {
  neutral: { vasomotion_dilation: 0, heartbeat_dilation: 0 },
  draws: true,
  shown: { factors: ["hemodynamic_transmission"] },
  golden: new URL("./golden.json", import.meta.url),
});
