// Light is light: never negative, always a number; and as it was where the parameters say so.
import { expectedWork, type Plan } from "@minisim/pipeline";
import type { Params } from "../bench.ts";
import { movieDifference, told, toldParams } from "../differences.ts";
import { jsonSchemaOf } from "../json-schema.ts";
import { promise, type Subject } from "../promise.ts";

// Light of which there is as much as of none: what float32 leaves of a difference of equal numbers. Relative to the brightest pixel.
const ROUNDING = 2 ** -20;
// Extreme parameters may make an extreme recording: those that take longer than about a second each are left out.
const MOST_OPERATIONS = 1e9;

export function lightIsLight(subject: Subject): void {
  const { step, bench, options } = subject;
  const { neutral } = options;
  if (!("none" in neutral)) {
    promise("neutral parameters change nothing", async () => {
      const without = bench.compile({ params: null });
      const present = bench.compile({ params: neutral });
      if ((await bench.movie(without)).every((value) => value === 0)) {
        return ["The movie is black without the step, so that nothing could change it."];
      }
      const difference = await movieDifference(bench, {
        one: { plan: present },
        other: { plan: without },
        called: [`with ${step.kind}`, "without it"],
      });
      return difference
        ? [`With ${told(neutral)}, which is to change nothing, the movie changes: ${difference}.`]
        : [];
    });
  }

  promise(
    "light is a number and never negative, at the ends of each parameter's range too",
    async () => {
      for (const { params, said } of variantsOf(subject)) {
        const plan = affordable(subject, params);
        const dark = plan && (await notLight(subject, plan));
        if (dark) return [`${dark} ${said}.`];
      }
      return [];
    },
  );
}

interface Variant {
  readonly params: Params;
  readonly said: string;
}

/** The parameters given, the defaults, and each number of the given ones at the ends of its range. */
function variantsOf({ step, params }: Subject): Variant[] {
  const fields = Object.entries(jsonSchemaOf(step.params).properties ?? {});
  const ends = fields.flatMap(([name, { type, minimum, maximum }]) => {
    if (type !== "number" && type !== "integer") return [];
    const both = [
      [minimum, "the least"],
      [maximum, "the most"],
    ] as const;
    return both.flatMap(([value, which]) =>
      value === undefined
        ? []
        : [
            {
              params: { ...params, [name]: value },
              said: `with ${name} ${value}, ${which} that it may be`,
            },
          ],
    );
  });
  return [
    { params, said: `with ${toldParams(params)}` },
    { params: {}, said: `with ${toldParams({})}` },
    ...ends,
  ];
}

/** The plan of a spec with these parameters; null where they do not go together, or would take long. */
function affordable({ bench }: Subject, params: Params): Plan | null {
  const { Spec, steps } = bench.simulator;
  const parsed = Spec.safeParse(bench.spec({ params }));
  if (!parsed.ok) return null;
  const { operations, frame_operations, frames } = expectedWork(parsed.spec as Plan["spec"], steps);
  if (operations + frames * frame_operations > MOST_OPERATIONS) return null;
  return bench.compile({ params });
}

/** A sentence about the first pixel that is no light after the step, or after the first stage that has frames. */
async function notLight({ step, bench, options }: Subject, plan: Plan): Promise<string | null> {
  // What is delivered of frames is no light any more: a stripe of the read-out goes below zero.
  if (bench.instructionsOf(plan).some(({ verb }) => verb === "assemble")) return null;
  const { stages } = plan.program;
  const own = stages.findIndex(({ kind }) => kind === step.kind);
  const stage = stages.slice(own).find(({ space }) => space);
  if (stage?.container !== "float32") return null;
  const movie = await bench.movie(plan, { until: stage.kind });
  const peak = movie.reduce((most, value) => Math.max(most, value), 0);
  const least = options.belowZero ? Number.NEGATIVE_INFINITY : -ROUNDING * peak;
  const at = movie.findIndex((value) => !(value >= least && Math.abs(value) < Infinity));
  if (at < 0) return null;
  const what = movie[at]! < 0 && movie[at]! > -Infinity ? "negative light" : "no number";
  const previous = stages[stages.indexOf(stage) - 1];
  const before = previous?.space ? await bench.movie(plan, { until: previous.kind }) : null;
  const was = before ? ` (${before[at]} before it)` : "";
  return `After stage "${stage.name}" there is ${what}: ${bench.placeOf(plan, at)} is ${movie[at]}${was}`;
}
