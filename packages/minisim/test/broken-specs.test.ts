// Over two hundred broken specs: each says where and what, in one sentence; none throws anything but a SpecError.
// Most are derived from the JSON Schema of the built-in steps, so that a new parameter is covered the day it appears.
import { formatIssue, Spec, SpecError } from "minisim";
import { describe, expect, test } from "vitest";
import { allTwelve } from "./specs.ts";

type Path = (string | number)[];
interface Broken {
  readonly what: string;
  readonly spec: unknown;
  readonly path: Path;
  readonly says: RegExp;
}

interface Node {
  readonly type?: string;
  readonly properties?: Record<string, Node>;
  readonly items?: Node | false;
  readonly prefixItems?: Node[];
  readonly anyOf?: Node[];
  readonly oneOf?: Node[];
  readonly enum?: unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

// A spec with every step, with something in every list and a window, so that every parameter has a place.
const complete = structuredClone(
  Spec.parse({
    ...allTwelve,
    acquisition: { ...allTwelve.acquisition, window: { height: 20, width: 20 } },
  }),
) as unknown as {
  steps: Record<string, unknown>[];
};
const schema = Spec.jsonSchema() as Node;

function at(value: unknown, path: Path): unknown {
  return path.reduce((inner, key) => (inner as Record<string | number, unknown>)?.[key], value);
}

function withValue(path: Path, value: unknown): unknown {
  const copy = structuredClone(complete);
  const parent = at(copy, path.slice(0, -1)) as Record<string | number, unknown>;
  parent[path.at(-1)!] = value;
  return copy;
}

/** Every node of the schema that has a place in the complete spec. */
function* places(node: Node, path: Path): Generator<{ node: Node; path: Path }> {
  if (path.length > 0) yield { node, path };
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    if (name === "$schema") continue;
    if (name === "steps") yield* steps(child, [...path, name]);
    else yield* places(child, [...path, name]);
  }
  const list = [node, ...(node.anyOf ?? [])].find((part) => part.type === "array");
  const value = at(complete, path);
  if (list?.items && Array.isArray(value) && value.length > 0) {
    yield* places(list.items, [...path, 0]);
  }
}

function* steps(node: Node, path: Path): Generator<{ node: Node; path: Path }> {
  const kinds = ((node.items || {}) as Node).oneOf ?? [];
  for (const [index, step] of complete.steps.entries()) {
    const own = kinds.find((kind) => kind.properties?.kind?.const === step.kind)!;
    const { kind: _, ...properties } = own.properties!;
    yield { node: own, path: [...path, index] };
    for (const [name, child] of Object.entries(properties)) {
      yield* places(child, [...path, index, name]);
    }
  }
}

const numeric = (node: Node): Node | undefined =>
  [node, ...(node.anyOf ?? [])].find(
    ({ type, const: only }) => only === undefined && (type === "number" || type === "integer"),
  );

function derived(): Broken[] {
  const cases: Broken[] = [];
  for (const { node, path } of places(schema, [])) {
    const name = path.join(".");
    const add = (what: string, value: unknown, says: RegExp) =>
      cases.push({ what: `${name} ${what}`, spec: withValue(path, value), path, says });
    const number = numeric(node);
    if (number) {
      add("is text", "fast", /must be .*(number|integer)/);
      add("is a list", [1], /must be /);
      if (number.type === "integer") add("is not whole", 2.5, /whole|integer/);
      const least = number.minimum ?? number.exclusiveMinimum;
      const most = number.maximum ?? number.exclusiveMaximum;
      if (least !== undefined && least > -1e15)
        add("is too small", least - 1, /must be (at least|≥|>|>=|.*≥|.*>)/);
      if (most !== undefined && most < 1e15)
        add("is too large", most * 2 + 1, /must be .*(≤|<|at most)/);
    } else if (node.enum) add("is no choice", "sideways", /must be /);
    else if (node.type === "boolean") add("is text", "yes", /must be true or false/);
    else if (node.type === "object" || node.properties) {
      add("is a number", 3, /must be /);
      cases.push({
        what: `${name} has an unknown field`,
        spec: withValue([...path, "wavelenght"], 1),
        path: [...path, "wavelenght"],
        says: /unknown field/,
      });
    } else if (node.type === "array") add("is a number", 3, /must be /);
  }
  return cases;
}

const step = (kind: string) => complete.steps.findIndex((one) => one.kind === kind);
const set = (what: string, path: Path, value: unknown, says: RegExp, where = path): Broken => ({
  what,
  spec: withValue(path, value),
  path: where,
  says,
});

/** What no single field can tell. */
const crossField: Broken[] = [
  set("no frame at all", ["acquisition", "duration_s"], 0.01, /hold no frame/),
  set(
    "decay shorter than a frame",
    ["steps", step("cell_activity"), "tau_decay_s"],
    0.04,
    /frame|rise/,
  ),
  set("rise slower than decay", ["steps", step("cell_activity"), "tau_rise_s"], 0.9, /decay/),
  set(
    "amplitude beyond the largest shift",
    ["steps", step("brain_motion"), "motion_amplitude_um"],
    99,
    /max_shift/,
  ),
  set(
    "a trajectory of the wrong length",
    ["steps", step("brain_motion"), "trajectory_um"],
    [[0, 0]],
    /frame/,
  ),
  set("no population", ["steps", step("place_neurons"), "populations"], [], /population/),
  set(
    "a field beside populations",
    ["steps", step("place_neurons"), "soma_radius_um"],
    9,
    /populations|soma_radius_um/,
    ["steps", step("place_neurons")],
  ),
  set("a soma wider than the field", ["acquisition", "optics", "magnification"], 100, /field/, [
    "steps",
    step("place_neurons"),
    "populations",
    0,
    "soma_radius_um",
  ]),
  set(
    "depths upside down",
    ["steps", step("place_neurons"), "populations", 0, "depth_range_um"],
    [160, 140],
    /deep|depth|≤|order/,
  ),
  set(
    "a vessel that ends wider than it begins",
    ["steps", step("vasculature"), "layers", 0, "min_radius_um"],
    50,
    /root/,
  ),
  set("a step twice", ["steps", 12], { kind: "optics" }, /once|twice/),
  set("a step nobody knows", ["steps", 12], { kind: "sensr" }, /did you mean "sensor"/, [
    "steps",
    12,
    "kind",
  ]),
  set("a step without a kind", ["steps", 12], {}, /kind/, ["steps", 12, "kind"]),
  set("a step that is text", ["steps", 12], "optics", /must be/),
  set("steps that are no list", ["steps"], { kind: "optics" }, /list|array/),
  set("a seed that is not whole", ["seed"], 0.5, /whole|integer/),
  set("a seed beyond 2^53", ["seed"], 2 ** 60, /must be/),
  { what: "a list", spec: [], path: [], says: /must be/ },
  { what: "nothing", spec: null, path: [], says: /must be/ },
  { what: "text", spec: "v4", path: [], says: /must be/ },
];

const cases = [...derived(), ...crossField];

test("there are at least 200 of them", () => {
  expect(cases.length).toBeGreaterThanOrEqual(200);
});

describe("a broken spec says where and what", () => {
  test.each(cases.map((one) => [one.what, one] as const))("%s", (_, { spec, path, says }) => {
    const result = Spec.safeParse(spec);
    expect(result.ok).toBe(false);
    const issues = result.ok ? [] : result.issues.filter(({ severity }) => severity === "error");
    const here = issues.filter((issue) => path.every((key, i) => issue.path[i] === key));
    expect(here.map(formatIssue).join("\n") || issues.map(formatIssue).join("\n")).toMatch(says);
    expect(here.length, `an issue under ${path.join(".")}`).toBeGreaterThan(0);
    for (const { message } of issues) {
      expect(message).toMatch(/^\S.*[.?]$/s);
      expect(message).not.toMatch(/\n|undefined|\[object/);
    }
    expect(() => Spec.parse(spec)).toThrow(SpecError);
  });
});

test("everything wrong is said at once", () => {
  const spec = structuredClone(complete) as Record<string, unknown> & typeof complete;
  spec.acquisition = { ...(spec.acquisition as object), fps: "fast", colour: 1 };
  spec.steps[step("cell_activity")]!.tau_rise_s = 0.9;
  spec.steps[step("vasculature")]!.layers = [{ min_radius_um: 50 }];
  spec.steps.push({ kind: "optics" }, { kind: "nonsense" });
  const result = Spec.safeParse(spec);
  const paths = result.ok ? [] : result.issues.map((issue) => issue.path.join("."));
  expect(paths).toEqual(
    expect.arrayContaining([
      "acquisition.fps",
      "acquisition.colour",
      `steps.${step("cell_activity")}.tau_rise_s`,
      `steps.${step("vasculature")}.layers.0.min_radius_um`,
      "steps.12.kind",
      "steps.13.kind",
    ]),
  );
});
