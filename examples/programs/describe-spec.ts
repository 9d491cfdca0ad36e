// A function over specs: `Spec` is the type of a parsed spec, complete and frozen, whose steps are told apart by `kind`.
import { buildSpec, Spec, type SpecInput } from "minisim";

/** Frames in one decay of the indicator; null for a spec without activity. */
function framesPerDecay(spec: Spec): number | null {
  const activity = spec.steps.find((step) => step.kind === "cell_activity");
  return activity ? activity.tau_decay_s * spec.acquisition.fps : null;
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
  console.log(`${name}: ${framesPerDecay(spec)} frames per decay`);
}

// Prints:
// slow: 2.5 frames per decay
// faster: 25 frames per decay
// ca1: 10 frames per decay
