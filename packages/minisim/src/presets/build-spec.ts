// Scope × region → a spec as one would write it by hand: plain data, defaults left out.
import type { SpecInput } from "@minisim/spec";
import type { BuiltinSteps, StepInput } from "../builtin.ts";
import { type Region, type RegionName, regions } from "./regions.ts";
import { type Scope, type ScopeName, scopes } from "./scopes.ts";

/** What can be chosen of one step, beside its kind. */
type Parameters<Kind extends string> = Omit<StepInput<Kind>, "kind">;

export interface BuildOptions {
  readonly duration_s?: number | undefined;
  readonly fps?: number | undefined;
  readonly seed?: number | undefined;
  /** Populations of place_neurons in place of the region's one. */
  readonly populations?: StepInput<"place_neurons">["populations"];
  /** Parameters of cell_activity. */
  readonly activity?: Parameters<"cell_activity"> | undefined;
  /** Parameters of the sensor step, over the scope's own. */
  readonly sensor?: Parameters<"sensor"> | undefined;
  readonly extra_steps?: readonly StepInput[] | undefined;
  readonly include_neuropil?: boolean | undefined;
  readonly include_vasculature?: boolean | undefined;
  /** The scope's illumination, vignette and leakage. */
  readonly include_scope_fields?: boolean | undefined;
  readonly save_intermediates?: boolean | undefined;
}

/**
 * Builds the spec of a scope looking into a region. It still has to be parsed: options are taken as they are. The spec is the caller's own:
 * changing it changes no later one.
 */
export function buildSpec(
  scope: ScopeName | Scope,
  region: RegionName | Region,
  options: BuildOptions = {},
): SpecInput<BuiltinSteps> {
  const instrument: Scope = typeof scope === "string" ? scopes[scope] : scope;
  const tissue: Region = typeof region === "string" ? regions[region] : region;
  const {
    include_neuropil = true,
    include_vasculature = true,
    include_scope_fields = true,
    extra_steps = [],
  } = options;
  return structuredClone<SpecInput<BuiltinSteps>>({
    acquisition: {
      ...instrument.acquisition,
      tissue: tissue.tissue,
      fps: options.fps ?? 20,
      duration_s: options.duration_s ?? 150,
    },
    seed: options.seed ?? 0,
    steps: [
      { kind: "place_neurons", populations: options.populations ?? [tissue.population] },
      { kind: "cell_activity", ...options.activity },
      { kind: "optics" },
      { kind: "composite" },
      ...(include_neuropil ? [tissue.neuropil] : []),
      ...(include_vasculature ? [tissue.vasculature] : []),
      ...(include_scope_fields ? instrument.fields : []),
      { kind: "sensor", photons_per_unit: instrument.photons_per_unit, ...options.sensor },
      ...extra_steps,
    ],
    output: { save_intermediates: options.save_intermediates ?? false },
  });
}

/** Names of all scope × region pairs: "miniscope_v4/ca1". */
export const presetNames: readonly string[] = Object.keys(scopes).flatMap((scope) =>
  Object.keys(regions).map((region) => `${scope}/${region}`),
);

/** The spec of "SCOPE/REGION", or undefined where there is no such preset. */
export function preset(
  name: string,
  options: BuildOptions = {},
): SpecInput<BuiltinSteps> | undefined {
  const [scope = "", region = "", ...rest] = name.split("/");
  if (rest.length > 0 || !Object.hasOwn(scopes, scope) || !Object.hasOwn(regions, region)) return;
  return buildSpec(scope as ScopeName, region as RegionName, options);
}
