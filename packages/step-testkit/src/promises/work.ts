// The share of the work that it tells is what it does.
import { expectedWork, type Instruction } from "@minisim/pipeline";
import { promise, type Subject, sentences } from "../promise.ts";

export function tellsItsWork({ step, bench, params }: Subject): void {
  promise(
    "tells the fields that its instructions read for every frame, and a share of work that is made of numbers",
    () => {
      const plan = bench.compile({ params });
      const own = bench.instructionsOf(plan);
      const fields = own.reduce((sum, one) => sum + fieldOf(one), 0);
      const coefficients = own.reduce((sum, one) => sum + coefficientsOf(one), 0);
      const { shares } = expectedWork(plan.spec, bench.simulator.steps);
      const { kind: _, cells = [], ...share } = shares.find(({ kind }) => kind === step.kind)!;
      // Those around cells are told by cells, of which the stand-ins tell nothing.
      const told = share.coefficients ?? 0;
      const numbers = [share, ...cells].flatMap((group) => Object.entries(group));
      return sentences(
        (share.field_px ?? 0) !== fields &&
          `work tells field_px ${share.field_px ?? 0}, and the instructions of ${step.kind} read ${fields} pixels of fields for every frame.`,
        told > 0 &&
          told !== coefficients &&
          `work tells ${told} coefficients, and the instructions of ${step.kind} read ${coefficients}.`,
        ...numbers.map(
          ([name, value]) =>
            !(Number(value) >= 0 && Number(value) < Infinity) &&
            `work tells ${name} ${value}, which is no finite number from 0 on.`,
        ),
      );
    },
  );
}

function fieldOf(instruction: Instruction): number {
  if (instruction.verb === "modulate") {
    return (instruction.field?.length ?? 0) + (instruction.swing?.length ?? 0);
  }
  if (instruction.verb !== "accumulate" || "canvas" in instruction.components) return 0;
  return "data" in instruction.components ? instruction.components.data.length : 0;
}

function coefficientsOf(instruction: Instruction): number {
  if (instruction.verb !== "accumulate" || !("coefficients" in instruction.components)) return 0;
  return instruction.components.coefficients.data.length;
}
