// A small recording with every step on, for tests.
import type { Spec as SpecType } from "@minisim/spec";
import { buildSpec, Spec } from "minisim";

export function smallSpec(changes: Record<string, unknown> = {}): SpecType {
  const spec = buildSpec("miniscope_v4", "ca1", {
    duration_s: 3,
    extra_steps: [{ kind: "bleaching" }, { kind: "brain_motion" }],
  });
  const { image_sensor } = spec.acquisition as { image_sensor: object };
  return Spec.parse({
    ...spec,
    ...changes,
    acquisition: {
      ...spec.acquisition,
      image_sensor: { ...image_sensor, n_px_height: 128, n_px_width: 128 },
    },
  }) as unknown as SpecType;
}
