// What a compiler refuses: each line under a remark is an error of types, or this file does not compile. Nothing here runs.
import { buildSpec, createSimulator, simulate } from "minisim";
import { simulateToStore } from "minisim/node";

export const refused = [
  // @ts-expect-error a field that the step does not have
  () => simulate({ steps: [{ kind: "sensor", photons_per_um2_ss: 3 }] }),
  // @ts-expect-error a kind that no step has
  () => simulate({ steps: [{ kind: "sensr" }] }),
  // @ts-expect-error a value of another type
  () => simulate({ steps: [{ kind: "brain_motion", max_shift_um: "3" }] }),
  // @ts-expect-error a field that the acquisition does not have
  () => simulate({ acquisition: { optics: { NA: 0.2 } }, steps: [] }),
  // @ts-expect-error a field that a spec does not have
  () => simulate({ sed: 1, steps: [] }),
  // @ts-expect-error the same on the way to disk
  () => simulateToStore({ steps: [{ kind: "sensor", photons_per_um2_ss: 3 }] }, "a.zarr"),
  // @ts-expect-error an option of a preset
  () => buildSpec("miniscope_v4", "ca1", { activity: { tau_decay: 1 } }),
  // @ts-expect-error a step that this simulator does not have
  () => createSimulator({ steps: [] }).simulate({ steps: [{ kind: "sensor" }] }),
  // @ts-expect-error what nobody has looked at: Spec.parse looks at it
  (input: unknown) => simulate(input),
];
