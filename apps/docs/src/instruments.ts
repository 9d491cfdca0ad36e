// A page for each scope and each region: what the presets are made of.

import { type FieldInfo, fieldsOf } from "@minisim/spec/fields";
import {
  presets,
  type Region,
  type RegionName,
  regions,
  type Scope,
  type ScopeName,
  Spec,
  scopes,
} from "minisim";
import { frameAddress } from "./frames.ts";
import type { Page } from "./page.ts";
import { code, plain, sentence, table } from "./prose.ts";
import { sourceExcerpt } from "./source-excerpt.ts";

const SCOPES = "packages/minisim/src/presets/scopes.ts";
const REGIONS = "packages/minisim/src/presets/regions.ts";
/** Into which region pictures of scopes look, and through which scope pictures of regions. */
const SHOWN_REGION = "ca1" satisfies RegionName;
const SHOWN_SCOPE = "miniscope_v4" satisfies ScopeName;
type Json = Readonly<Record<string, unknown>>;

export const scopePages = (): Page[] =>
  Object.entries(scopes as Readonly<Record<string, Scope>>).map(([name, scope]) => ({
    path: `scopes/${name}.md`,
    title: scope.title,
    description: sentence(scope.source),
    text: [
      `# ${scope.title}`,
      `<p class="facts">scope <code>${name}</code><span aria-hidden="true"> · </span>${presetNamesOf(name, "scope").join(", ")}</p>`,
      scope.on_a_table ? "No animal carries it: the tissue holds still." : "",
      framePicture(`${name}/${SHOWN_REGION}`),
      `Source: ${plain(sentence(scope.source))}`,
      "## Its numbers",
      "Fields of `acquisition` in a spec; what is not listed has [its default](/spec.md#acquisition).",
      valuesTable(
        fieldsOf(Spec.jsonSchema()).find((one) => one.name === "acquisition")!,
        scope.acquisition,
      ),
      `The lamp gives ${Math.round(scope.photons_per_um2_s)} photons from 1 µm² of a resting cell in a second ([\`sensor\`](/steps/sensor.md)).`,
      scope.fields.length > 0
        ? `Its own light: ${scope.fields.map(({ kind }) => `[${code(kind)}](/steps/${kind}.md)`).join(", ")}.`
        : "Its field is flat.",
      "## Where they come from",
      "The entry as it stands in the source, with a remark beside each number that has no published one.",
      sourceExcerpt(SCOPES, name),
    ]
      .filter(Boolean)
      .join("\n\n"),
  }));

export const regionPages = (): Page[] =>
  Object.entries(regions as Readonly<Record<string, Region>>).map(([name, region]) => ({
    path: `regions/${name}.md`,
    title: region.title,
    description: `Tissue, focus, cells and their activity, background, vessels and session of the presets of ${name}.`,
    text: [
      `# ${region.title}`,
      `<p class="facts">region <code>${name}</code><span aria-hidden="true"> · </span>${presetNamesOf(name, "region").join(", ")}</p>`,
      framePicture(`${SHOWN_SCOPE}/${name}`),
      "A region decides the tissue, the focus, one population of cells and their activity, the background, the vessels, and what a session does.",
      "## The tissue",
      valuesTable(acquisitionField("tissue"), region.tissue ?? {}),
      ...stepTables({
        place_neurons: region.population,
        cell_activity: region.activity,
        neuropil: region.neuropil,
        vasculature: region.vasculature,
        ...Object.fromEntries((region.session ?? []).map((step) => [step.kind, step])),
      }),
      "## Where they come from",
      "The entry as it stands in the source, with a remark beside each number that has no published one; what several regions share stands above it.",
      sourceExcerpt(REGIONS, name),
    ].join("\n\n"),
  }));

const framePicture = (preset: string): string =>
  `![A frame of the preset ${preset}, as the camera gives it](${frameAddress(preset)})`;

const acquisitionField = (name: string): FieldInfo =>
  fieldsOf(Spec.jsonSchema())
    .find((one) => one.name === "acquisition")!
    .children.find((one) => one.name === name)!;

const stepTables = (steps: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(steps).flatMap(([kind, values]) => {
    const { kind: _, ...rest } = (values ?? {}) as Json;
    if (Object.keys(rest).length === 0) return [];
    const rows = Object.entries(rest).map(([name, value]) => [
      code(name),
      code(JSON.stringify(value)),
    ]);
    return [
      `## Its \`${kind}\``,
      `What is not listed has [its default](/steps/${kind}.md#parameters).`,
      table(["parameter", "value"], rows),
    ];
  });

/** The values that a preset sets, with unit and meaning. */
function valuesTable(field: FieldInfo, values: object): string {
  const rows = (fields: readonly FieldInfo[], given: Json, prefix: string): string[][] =>
    fields.flatMap((one) => {
      const value = given[one.name];
      if (value === undefined) return [];
      if (one.shape === "object") return rows(one.children, value as Json, `${prefix}${one.name}.`);
      return [
        [
          code(prefix + one.name),
          code(JSON.stringify(value)),
          plain(one.unit),
          plain(sentence(one.description)),
        ],
      ];
    });
  const all = rows(field.children, values as Json, "");
  return all.length === 0 ? "The defaults." : table(["field", "value", "unit", "what it is"], all);
}

/** The presets of which frames are shown. */
export const shownPresets = (): string[] => [
  ...new Set([
    ...Object.keys(scopes).map((scope) => `${scope}/${SHOWN_REGION}`),
    ...Object.keys(regions).map((region) => `${SHOWN_SCOPE}/${region}`),
  ]),
];

const presetNamesOf = (name: string, part: "scope" | "region"): string[] =>
  presets
    .map((one) => one.name)
    .filter(
      (one) => one.split("/")[part === "scope" ? 0 : 1] === name && !one.startsWith("classic/"),
    )
    .map((one) => `<code>${one}</code>`);
