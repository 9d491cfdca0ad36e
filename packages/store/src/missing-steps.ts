// What a recording was made with and its reader lacks, and how to get it.
import { MISSING_STEP, type StoreAttributes, type StoreWarning } from "./attributes.ts";

/** One warning for each step of the spec that is not of these kinds; none where they are not given. */
export function missingSteps(
  { spec, step_packages }: StoreAttributes,
  kinds: readonly string[] | undefined,
): StoreWarning[] {
  return spec.steps.flatMap(({ kind }, index) => {
    if (!kinds || kinds.includes(kind)) return [];
    const [from, how] = Object.hasOwn(step_packages, kind)
      ? wordsFor(step_packages[kind]!)
      : ["", "Whoever made the recording has it."];
    const message = `The step "${kind}"${from} is not here. What is stored can be read, but not made again. ${how}`;
    return [{ code: MISSING_STEP, path: ["steps", index], message }];
  });
}

function wordsFor({ name, version }: StoreAttributes["generator"]): [from: string, how: string] {
  return [
    ` of ${name} ${version}`,
    `Where the package is published, \`npm install ${name}@${version}\` gets it; then --plugin ${name}, or its steps for createSimulator.`,
  ];
}
