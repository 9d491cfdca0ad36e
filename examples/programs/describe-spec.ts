// A function over specs: `Spec` is the type of a parsed spec, complete and frozen, whose steps are told apart by `kind`.
import { buildSpec, Spec, type SpecInput } from "minisim";

/** Spikes of a cell in a frame, on average; null for a spec without activity. */
function spikesPerFrame(spec: Spec): number | null {
  const activity = spec.steps.find((step) => step.kind === "cell_activity");
  return activity ? activity.rate_hz / spec.acquisition.fps : null;
}

// What is written once and used in several places is a SpecInput: everything that has a default may be left out.
const slow: SpecInput = { acquisition: { fps: 5 }, steps: [{ kind: "cell_activity" }] };
const specs = {
  slow,
  faster: { ...slow, acquisition: { fps: 50 } },
  ca1: buildSpec("miniscope_v4", "ca1"),
};

for (const [name, written] of Object.entries(specs)) {
  const spec = Spec.parse(written);
  console.log(`${name}: ${spikesPerFrame(spec)?.toPrecision(3)} spikes per frame`);
}

// Prints:
// slow: 0.0700 spikes per frame
// faster: 0.00700 spikes per frame
// ca1: 0.0175 spikes per frame
