// Every metadata document of a store, from the nodes and the header it is made of.
import { FORMAT, FORMAT_VERSION, GENERATOR } from "./attributes.ts";
import { MOVIE_COORDINATES } from "./coordinates.ts";
import type { StoreHeader } from "./header.ts";
import {
  type ArrayNode,
  arrayDocument,
  consolidated,
  type GroupNode,
  groupDocument,
  metadataKey,
} from "./metadata.ts";
import { SNAPSHOTS } from "./movie.ts";
import { truthAttributes } from "./truth-arrays.ts";
import { PLANTED, SPIKE_TIMES, TRUTH } from "./truth-fields.ts";

export const ROOT_KEY = "zarr.json";
export const SPEC_KEY = "spec.json";

export function groupNodes({ ground_truth, snapshots = [] }: StoreHeader): GroupNode[] {
  const groups: GroupNode[] = [
    { path: TRUTH, attributes: { ...truthAttributes(ground_truth) } },
    { path: PLANTED, attributes: {} },
    { path: SPIKE_TIMES, attributes: {} },
  ];
  const stages = snapshots.map(({ name }) => name);
  if (stages.length > 0) groups.push({ path: SNAPSHOTS, attributes: { stages } });
  return groups;
}

export function rootDocument(
  header: StoreHeader,
  arrays: readonly ArrayNode[],
  complete: boolean,
): Record<string, unknown> {
  const attributes = {
    format: FORMAT,
    format_version: FORMAT_VERSION,
    generator: GENERATOR,
    spec: header.spec,
    cache_key: header.cache_key,
    step_revisions: header.step_revisions,
    step_packages: header.step_packages ?? {},
    store_dtype: header.spec.output.store_dtype,
    ...(header.warnings.length > 0 ? { warnings: header.warnings } : {}),
    coordinates: MOVIE_COORDINATES.join(" "),
    complete,
  };
  return consolidated({ path: "", attributes }, arrays, groupNodes(header));
}

/** By key; without the root's, which is written first as unfinished and last as complete. */
export function nodeDocuments(
  header: StoreHeader,
  arrays: readonly ArrayNode[],
): [key: string, document: Record<string, unknown>][] {
  const groups = groupNodes(header);
  return [
    ...groups.map((group): [string, Record<string, unknown>] => [
      metadataKey(group.path),
      // So that ground_truth opens as a dataset by itself.
      group.path === TRUTH ? consolidated(group, arrays, groups) : groupDocument(group),
    ]),
    ...arrays.map((array): [string, Record<string, unknown>] => [
      metadataKey(array.path),
      arrayDocument(array),
    ]),
  ];
}
