import { facts, lazySeries } from "@minisim/pipeline";
import { conformance } from "@minisim/step-testkit";
import { vasculature } from "@minisim/step-vasculature";

/** How much wider the vessels are than at rest. */
const radiusLess1 = (frame: number) => 0.01 * (frame % 5);

conformance(vasculature, {
  params: { enabled: true, layers: [{ root_radius_um: 8 }, { depth_um: 80, root_radius_um: 5 }] },
  neutral: { enabled: false },
  draws: true,
  announced: ({ geometry: { n_frames } }) =>
    facts.vessel_radius.of(
      lazySeries(n_frames, () =>
        Float64Array.from({ length: n_frames }, (_, t) => 1 + radiusLess1(t)),
      ),
    ),
  shown: ({ before, frame, truth }) => {
    const [mask, swing] = [truth("vasculature_mask"), truth("vasculature_swing")];
    if (!mask || !swing) return before;
    return before.map(
      (light, pixel) => light * (mask[pixel]! + radiusLess1(frame) * swing[pixel]!),
    );
  },
  golden: new URL("./golden.json", import.meta.url),
});
