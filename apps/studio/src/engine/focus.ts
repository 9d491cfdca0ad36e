// Where the whole field's "auto" focus lies. A curved field is focused for its cells everywhere, so a window that searched on
// its own would be sharper than the middle of the recording is.
import type { Plan, StepDefinition } from "@minisim/pipeline";
import type { Spec } from "@minisim/spec";

/** More cells than this take too long between two frames of a dragged slider; the window then focuses on its own. */
const MOST_CELLS = 6000;

interface Population {
  readonly density_per_mm3: number;
  readonly depth_range_um: readonly [number, number];
}

/**
 * Focal depth (µm) of the full field with traces as long as the window's; null where the spec gives one, has no step that looks
 * for it, or has too many cells. Cells stand where they do in the full recording; their shapes do not matter and are dots.
 */
export function fieldFocus(
  spec: Spec,
  frames: number,
  steps: readonly StepDefinition[],
  compile: (spec: Spec) => Plan,
): number | null {
  const { acquisition } = spec;
  const { image_sensor: chip, fps, optics } = acquisition;
  if (acquisition.focal_depth_in_tissue_um !== "auto") return null;
  const pixelUm = chip.pixel_pitch_um / optics.magnification;
  const areaUm2 = chip.n_px_height * chip.n_px_width * pixelUm * pixelUm;
  if (areaUm2 * densityPerUm2(spec) > MOST_CELLS) return null;
  const domains = new Map(steps.map(({ kind, domain }) => [kind, domain]));
  const kept = spec.steps.filter(({ kind }) => {
    const domain = domains.get(kind);
    return domain !== "tissue" && kind !== "leakage";
  });
  const small = {
    ...spec,
    acquisition: { ...acquisition, duration_s: frames / fps },
    steps: kept.map((step) => (step.kind === "place_neurons" ? asDots(step) : step)),
  } as Spec;
  const focus = compile(small).scene.focal_depth_um;
  return focus === null ? null : Math.round(focus * 10) / 10;
}

function asDots(step: Spec["steps"][number]): Spec["steps"][number] {
  const dot = { morphology: "soma", soma_radius_um: 0.5, irregularity: 0 };
  const populations = step.populations as readonly object[] | null;
  if (!populations) return { ...step, ...dot };
  return { ...step, populations: populations.map((one) => ({ ...one, ...dot })) };
}

/** Cells expected below each µm² of the field. */
export function densityPerUm2(spec: Spec): number {
  const place = spec.steps.find(({ kind }) => kind === "place_neurons") as
    | (Population & { readonly populations: readonly Population[] | null })
    | undefined;
  if (!place) return 0;
  return (place.populations ?? [place]).reduce((sum, { density_per_mm3, depth_range_um }) => {
    const thickness = Math.max(1, depth_range_um[1] - depth_range_um[0]);
    return sum + density_per_mm3 * 1e-9 * thickness;
  }, 0);
}
