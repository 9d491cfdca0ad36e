// Its parameters: defaults, unknown names, JSON, and those of the first edition.
import type { Params } from "../bench.ts";
import { dataDifference } from "../differences.ts";
import { promise, type Subject, sentences } from "../promise.ts";

export function parametersParse({ step, bench, params }: Subject): void {
  const { Spec } = bench.simulator;
  const issuesOf = (of: Params): string[] => {
    const result = Spec.safeParse(bench.spec({ params: of }));
    return result.ok
      ? []
      : result.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  };

  promise("its defaults parse, and so do its parameters", () => [
    ...issuesOf({}).map((issue) => `Every parameter needs a default that parses. ${issue}`),
    ...issuesOf(params).map(
      (issue) => `The parameters that conformance is given do not parse. ${issue}`,
    ),
  ]);

  const { firstEdition } = step;
  if (firstEdition) {
    promise("what the first edition had by default becomes parameters of today", () => {
      const first = { ...(bench.spec({ params: {} }) as object), spec_version: 1 };
      const { spec, changes } = Spec.migrate(first);
      // Every field that is gone is accounted for.
      const changed = changes.flatMap(({ path }) => (path[0] === "steps" ? [path[2]] : []));
      const lost = Object.keys(firstEdition.params.shape).filter(
        (name) => !(name in step.params.shape) && !changed.includes(name),
      );
      const parsed = Spec.safeParse(spec);
      return [
        ...changes.flatMap(({ severity, message }) => (severity === "error" ? [message] : [])),
        ...(parsed.ok ? [] : parsed.issues.map(({ message }) => message)),
        ...lost.map((name) => `Nothing says what became of "${name}" of the first edition.`),
      ];
    });
  }

  promise("an unknown parameter is an error at its own path", () => {
    const result = Spec.safeParse(bench.spec({ params: { ...params, not_a_parameter: 1 } }));
    const paths = result.ok ? [] : result.issues.map((issue) => issue.path.at(-1));
    return sentences(
      !paths.includes("not_a_parameter") &&
        `A parameter that ${step.kind} does not have (not_a_parameter) is no error: make params a z.strictObject.`,
    );
  });

  promise("a spec with it survives JSON", () => {
    const spec = Spec.parse(bench.spec({ params }));
    const again = Spec.parse(JSON.parse(JSON.stringify(spec)));
    const called = ["before", "after"] as const;
    const difference = dataDifference({ one: spec, other: again, called });
    const keys = Spec.cacheKey(again) === Spec.cacheKey(spec);
    return sentences(
      difference && `Written as JSON and read again, a spec is another: ${difference} JSON.`,
      !keys && "Written as JSON and read again, a spec has another cache key.",
    );
  });
}
