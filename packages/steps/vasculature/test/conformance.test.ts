import { facts, lazySeries } from "@minisim/pipeline";
import { conformance } from "@minisim/step-testkit";
import { vasculature } from "@minisim/step-vasculature";

conformance(vasculature, {
  params: { enabled: true, layers: [{ root_radius_um: 8 }, { depth_um: 80, root_radius_um: 5 }] },
  neutral: { enabled: false },
  draws: true,
  announced: ({ geometry: { n_frames } }) =>
    facts.vessel_radius.of(
      lazySeries(n_frames, () =>
        Float64Array.from({ length: n_frames }, (_, t) => 1 + 0.01 * (t % 5)),
      ),
    ),
  golden: new URL("./golden.json", import.meta.url),
});
