import { conformance } from "@minisim/step-testkit";
import { vasculature } from "@minisim/step-vasculature";

conformance(vasculature, {
  params: { enabled: true, layers: [{ root_radius_um: 8 }, { depth_um: 80, root_radius_um: 5 }] },
  neutral: { enabled: false },
  draws: true,
  golden: new URL("./golden.json", import.meta.url),
});
