// Its bytes are those that somebody pinned.
import { digest } from "../node-digest.ts";
import { golden } from "../node-golden.ts";
import { promise, type Subject } from "../promise.ts";

export function pinned({
  step,
  bench,
  params,
  options: { absent = [], golden: file },
}: Subject): void {
  if (!file) return;
  promise("has the pinned bytes", async () => {
    const plan = bench.compile({ params });
    const present = Object.keys(step.truth ?? {}).filter((name) => !absent.includes(name));
    const fields = present.map((name) => [name, digest(plan.truth.get(name)?.data)]);
    const current: Readonly<Record<string, string>> = {
      contribution: digest(bench.imprint(params, 1)),
      ...Object.fromEntries(fields),
      movie: digest(await bench.movie(plan)),
    };
    const before = golden(file, current) as Readonly<Record<string, string>>;
    const names = [...new Set([...Object.keys(before), ...Object.keys(current)])];
    const changed = names.filter((name) => before[name] !== current[name]);
    if (changed.length === 0) return [];
    const all = changed.map((name) => NAMES.get(name) ?? `its truth "${name}"`);
    const where =
      changed.join() === "movie"
        ? `What ${step.kind} makes is as it was, so what renders it has changed.`
        : `Where this is meant, raise its revision (now ${step.revision}) and run the test with MINISIM_UPDATE_GOLDEN=1.`;
    return [
      `${step.kind} no longer makes the bytes that are pinned in ${file.pathname.split("/").at(-1)}: ${all.join(" and ")} changed. ${where}`,
    ];
  });
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ["contribution", "what it hands over"],
  ["movie", "the movie"],
]);
