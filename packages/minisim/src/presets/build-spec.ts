// Scope × region → a spec as one would write it by hand: plain data, defaults left out.
import { excerpt, type SpecInput } from "@minisim/spec";
import { didYouMean } from "@minisim/spec/suggest";
import type { BuiltinSteps, StepInput } from "../builtin.ts";
import { classicRegions, classicScope } from "./classic.ts";
import { deepFreeze } from "./freeze.ts";
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
  /** Parameters of cell_activity, over the region's own. */
  readonly activity?: Parameters<"cell_activity"> | undefined;
  /** Parameters of the sensor step, over the scope's own. */
  readonly sensor?: Parameters<"sensor"> | undefined;
  /** Further steps; one of a kind that the preset has stands in its place. */
  readonly extra_steps?: readonly StepInput[] | undefined;
  readonly include_neuropil?: boolean | undefined;
  readonly include_vasculature?: boolean | undefined;
  /** The scope's illumination, vignette and leakage. */
  readonly include_scope_fields?: boolean | undefined;
  /** Bleaching and motion. */
  readonly include_session?: boolean | undefined;
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
    include_session = !instrument.on_a_table,
    extra_steps = [],
  } = options;
  const steps: readonly StepInput[] = [
    { kind: "place_neurons", populations: options.populations ?? [tissue.population] },
    { kind: "cell_activity", ...tissue.activity, ...options.activity },
    { kind: "optics" },
    { kind: "composite" },
    ...(include_neuropil ? [tissue.neuropil] : []),
    ...(include_vasculature ? [tissue.vasculature] : []),
    ...(include_scope_fields ? instrument.fields : []),
    ...((include_session && tissue.session) || []),
    { kind: "sensor", photons_per_um2_s: instrument.photons_per_um2_s, ...options.sensor },
  ];
  const replaced = new Set(extra_steps.map(({ kind }) => kind));
  return structuredClone<SpecInput<BuiltinSteps>>({
    acquisition: {
      ...instrument.acquisition,
      tissue: tissue.tissue,
      fps: options.fps ?? 20,
      duration_s: options.duration_s ?? 150,
      focal_depth_in_tissue_um: tissue.focal_depth_um ?? "auto",
    },
    seed: options.seed ?? 0,
    steps: [...steps.filter(({ kind }) => !replaced.has(kind)), ...extra_steps],
    output: { save_intermediates: options.save_intermediates ?? false },
  });
}

/** A preset's name, what it is, and where the numbers of its scope come from. */
export interface PresetEntry {
  readonly name: string;
  readonly scope: string;
  readonly region: string;
  readonly source: string;
}

interface Combination extends PresetEntry {
  readonly build: (options: BuildOptions) => SpecInput<BuiltinSteps>;
}

function combine(
  name: string,
  scope: Scope,
  regionsOf: Readonly<Record<string, Region>>,
): readonly Combination[] {
  return Object.entries(regionsOf).map(([region, tissue]) => ({
    name: `${name}/${region}`,
    scope: scope.title,
    region: tissue.title,
    source: scope.source,
    build: (options) => buildSpec(scope, tissue, options),
  }));
}

const combinations: readonly Combination[] = [
  ...Object.entries(scopes).flatMap(([name, scope]) => combine(name, scope, regions)),
  ...combine("classic", classicScope, classicRegions),
];

/** All presets: every scope looking into every region, and `classic/…`, the Miniscope V4 of the first edition. */
export const presets: readonly PresetEntry[] = deepFreeze(
  combinations.map(({ name, scope, region, source }) => ({ name, scope, region, source })),
);

/** Their names: "miniscope_v4/ca1". */
export const presetNames: readonly string[] = Object.freeze(presets.map(({ name }) => name));

/** The sentence about what names neither. */
export const neitherFileNorPreset = (name: string): string =>
  `"${excerpt(name)}" is neither a file nor a preset.${didYouMean(name, presetNames)} The presets are ${presetNames.join(", ")}.`;

/** The spec of the preset of this name, or undefined where there is none. */
export function preset(
  name: string,
  options: BuildOptions = {},
): SpecInput<BuiltinSteps> | undefined {
  return combinations.find((one) => one.name === name)?.build(options);
}
