// The canonical order: domains, soft neighbours, names; never the order of the list.
import { DOMAINS, orderSteps, type StepDefinition } from "@minisim/pipeline";
import fc from "fast-check";
import { expect, test } from "vitest";

type Orderable = Pick<StepDefinition, "kind" | "domain" | "after" | "before" | "last">;
const kinds = (steps: readonly Orderable[]) => orderSteps(steps).map(({ kind }) => kind);

// The built-in kinds with the order that each declares; minisim's tests order the real ones.
const TWELVE: readonly Orderable[] = [
  { kind: "place_neurons", domain: "cell" },
  { kind: "cell_activity", domain: "cell", after: ["place_neurons"] },
  { kind: "bleaching", domain: "cell", after: ["place_neurons", "cell_activity"] },
  { kind: "optics", domain: "cell", after: ["place_neurons", "cell_activity", "bleaching"] },
  { kind: "composite", domain: "tissue" },
  { kind: "neuropil", domain: "tissue", after: ["composite"] },
  { kind: "vasculature", domain: "tissue", after: ["composite", "neuropil"] },
  { kind: "brain_motion", domain: "motion" },
  { kind: "illumination_profile", domain: "sensor" },
  { kind: "vignette", domain: "sensor", after: ["illumination_profile"] },
  { kind: "leakage", domain: "sensor", after: ["illumination_profile", "vignette"] },
  { kind: "sensor", domain: "sensor", last: true },
];

test("twelve kinds in any order of the list come out in the one order", () => {
  const canonical = TWELVE.map(({ kind }) => kind);
  fc.assert(
    fc.property(fc.shuffledSubarray([...TWELVE]), (some) => {
      const present = new Set(some.map(({ kind }) => kind));
      expect(kinds(some)).toEqual(canonical.filter((kind) => present.has(kind)));
    }),
  );
});

test("any acyclic order is kept, and does not depend on the list", () => {
  const graph = fc
    .array(fc.record({ domain: fc.constantFrom(...DOMAINS), after: fc.array(fc.nat(11)) }), {
      maxLength: 12,
    })
    .map((nodes) =>
      nodes.map(({ domain, after }, i): Orderable => {
        const earlier = after.filter((other) => other < i).map((other) => `k${other}`);
        return { kind: `k${i}`, domain, after: earlier };
      }),
    );
  const shuffledTwice = graph.chain((steps) => {
    const all = { minLength: steps.length, maxLength: steps.length };
    return fc.tuple(fc.shuffledSubarray(steps, all), fc.shuffledSubarray(steps, all));
  });
  fc.assert(
    fc.property(shuffledTwice, ([one, other]) => {
      const order = orderSteps(one);
      expect(orderSteps(other)).toEqual(order);
      expect(new Set(order)).toEqual(new Set(one));
      for (const [place, step] of order.entries()) {
        const later = order.slice(place + 1);
        expect(later.some(({ domain }) => before(domain, step.domain))).toBe(false);
        const sameDomain = later.filter(({ domain }) => domain === step.domain);
        expect(sameDomain.some(({ kind }) => step.after?.includes(kind))).toBe(false);
      }
    }),
  );
});

const before = (a: Orderable["domain"], b: Orderable["domain"]) =>
  DOMAINS.indexOf(a) < DOMAINS.indexOf(b);

test("without a wish, steps go by kind", () => {
  expect(
    kinds([
      { kind: "b", domain: "tissue" },
      { kind: "c", domain: "tissue" },
      { kind: "a", domain: "tissue" },
    ]),
  ).toEqual(["a", "b", "c"]);
});

test("after and before count only for steps that are there", () => {
  const a: Orderable = { kind: "a", domain: "tissue", after: ["b"] };
  const b: Orderable = { kind: "b", domain: "tissue" };
  const z: Orderable = { kind: "z", domain: "tissue", before: ["a", "missing"] };
  expect(kinds([a])).toEqual(["a"]);
  expect(kinds([a, b])).toEqual(["b", "a"]);
  expect(kinds([a, z])).toEqual(["z", "a"]);
});

test("the last comes after all others of its domain, but for those that want to come after it", () => {
  const steps: Orderable[] = [
    { kind: "a_counts", domain: "sensor", last: true },
    { kind: "b_torn", domain: "sensor", after: ["a_counts"] },
    { kind: "c_striped", domain: "sensor", after: ["b_torn"] },
    { kind: "z_light", domain: "sensor" },
    { kind: "y_light", domain: "sensor", after: ["z_light"] },
  ];
  expect(kinds(steps)).toEqual(["z_light", "y_light", "a_counts", "b_torn", "c_striped"]);
});

test("the domain outranks after and before", () => {
  const cell: Orderable = { kind: "z", domain: "cell", after: ["a"] };
  const sensor: Orderable = { kind: "a", domain: "sensor", before: ["z"] };
  expect(kinds([sensor, cell])).toEqual(["z", "a"]);
});

test("a cycle is an error that names its kinds", () => {
  const steps: Orderable[] = [
    { kind: "egg", domain: "tissue", after: ["hen"] },
    { kind: "hen", domain: "tissue", after: ["egg"] },
    { kind: "aside", domain: "tissue" },
  ];
  expect(() => orderSteps(steps)).toThrow(
    "These steps each want to come after another of them: egg, hen.",
  );
});

test("no steps have an order too", () => {
  expect(orderSteps([])).toEqual([]);
});
