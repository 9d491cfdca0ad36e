// Reads the metadata of a store and checks that it describes a whole recording, before any array is read.
import { CONTAINERS } from "@minisim/spec";
import { z } from "zod";
import { readAhead } from "./ahead.ts";
import {
  attributesSchema,
  claimSchema,
  READABLE_VERSIONS,
  type StoreAttributes,
} from "./attributes.ts";
import { ROOT_KEY, SPEC_KEY } from "./documents.ts";
import { partError, StoreError } from "./error.ts";
import { chunkKeys } from "./grid.ts";
import { readJson, toJson } from "./json.ts";
import {
  type ArrayNode,
  type GroupNode,
  metadataKey,
  parseArray,
  parseAs,
  parseGroup,
  rootSchema,
} from "./metadata.ts";
import { type MovieNode, OBSERVED, SNAPSHOTS, type Stage } from "./movie.ts";
import type { Storage } from "./storage.ts";
import { checkStageDims, checkTruthDims } from "./structure-dims.ts";
import { type TruthAttributes, truthAttributesSchema } from "./truth-arrays.ts";
import { ALWAYS_THERE, KNOWN_FIELDS, PLANTED, SPIKE_TIMES, TRUTH } from "./truth-fields.ts";

export interface Structure {
  readonly attributes: StoreAttributes;
  readonly arrays: ReadonlyMap<string, ArrayNode>;
  readonly truth: TruthAttributes;
  readonly observed: MovieNode;
  /** By stage name, in the order of the simulation. */
  readonly stages: ReadonlyMap<string, Stage>;
}

/** @throws StoreError about the first thing that is not as it must be. */
export async function readStructure(storage: Storage): Promise<Structure> {
  const document = await readRoot(storage);
  const { attributes: claims, consolidated_metadata } = parseAs(rootSchema, ROOT_KEY, document);
  const attributes = parseAs(attributesSchema, ROOT_KEY, claims) as StoreAttributes;
  await checkSpecFile(storage, claims.spec);

  const arrays = new Map<string, ArrayNode>();
  const groups = new Map<string, GroupNode>();
  const documents = readAhead(
    Object.entries(consolidated_metadata.metadata),
    async ([path, entry]) => ({ path, entry, own: await readJson(storage, metadataKey(path)) }),
  );
  for await (const { path, entry, own: document } of documents) {
    const key = metadataKey(path);
    const parse = entry.node_type === "array" ? parseArray : parseGroup;
    const listed = parse(ROOT_KEY, path, entry);
    const own = parse(key, path, document);
    if (toJson(own) !== toJson(listed)) {
      throw partError("invalid", key, `does not say what ${ROOT_KEY} says of it`);
    }
    if (entry.node_type === "array") arrays.set(path, listed as ArrayNode);
    else groups.set(path, listed);
  }
  for (const path of [TRUTH, PLANTED, SPIKE_TIMES]) groupAt(groups, path);
  checkTruthFields(arrays);
  const truth = parseAs(
    truthAttributesSchema,
    metadataKey(TRUTH),
    groupAt(groups, TRUTH).attributes,
  );
  checkTruthDims(arrays, truth);
  const observed = movieAt(arrays, OBSERVED);
  const stages = stagesOf(arrays, groups);
  checkStageDims(observed, stages, truth, arrays.get(`${TRUTH}/C`)!.shape[1]!);
  await checkChunks(storage, arrays);
  return { attributes, arrays, truth, observed, stages };
}

async function readRoot(storage: Storage): Promise<unknown> {
  const document = await readJson(storage, ROOT_KEY).catch((error: unknown) => {
    if (!(error instanceof StoreError && error.code === "missing")) throw error;
    throw new StoreError("not_a_recording", `There is no recording here: no ${ROOT_KEY}.`, {
      key: ROOT_KEY,
    });
  });
  const claim = claimSchema.safeParse(document);
  if (!claim.success) {
    throw partError("not_a_recording", ROOT_KEY, "does not describe a minisim recording");
  }
  const { format_version, complete } = claim.data.attributes;
  if (!READABLE_VERSIONS.includes(format_version as number)) {
    throw partError(
      "unsupported_version",
      ROOT_KEY,
      `has format version ${JSON.stringify(format_version)}; this program reads versions ${READABLE_VERSIONS.join(" and ")}`,
    );
  }
  if (complete === true) return document;
  throw partError("incomplete", ROOT_KEY, "says that the recording was never finished");
}

async function checkSpecFile(storage: Storage, spec: unknown): Promise<void> {
  if (toJson(await readJson(storage, SPEC_KEY)) === toJson(spec)) return;
  throw partError("invalid", SPEC_KEY, `is not the spec that ${ROOT_KEY} holds`);
}

function groupAt(groups: ReadonlyMap<string, GroupNode>, path: string): GroupNode {
  const group = groups.get(path);
  if (group) return group;
  throw partError("missing", path, `is not among the groups that ${ROOT_KEY} lists`);
}

/** What the scene knows has its type and dimensions; what steps left says what it is. */
function checkTruthFields(arrays: ReadonlyMap<string, ArrayNode>): void {
  for (const [path, field] of KNOWN_FIELDS) {
    const node = arrays.get(path);
    if (!node && ALWAYS_THERE.has(path)) {
      throw partError("missing", path, `is not among the arrays that ${ROOT_KEY} lists`);
    }
    if (!node) continue;
    const [is, must] = [node, field].map(({ dtype, dims }) => `${dtype} (${dims.join(", ")})`);
    if (is !== must) throw partError("invalid", metadataKey(path), `is ${is}, must be ${must}`);
  }
  for (const { path, dtype } of arrays.values()) {
    if (!path.startsWith(`${TRUTH}/`) || KNOWN_FIELDS.has(path)) continue;
    if (dtype !== "float64" || path.split("/").length !== 2) {
      throw partError("invalid", metadataKey(path), "is no field of the ground truth");
    }
  }
}

function movieAt(arrays: ReadonlyMap<string, ArrayNode>, path: string): MovieNode {
  const node = arrays.get(path);
  if (!node) {
    throw partError("missing", path, `is not among the arrays that ${ROOT_KEY} lists`);
  }
  const containers: readonly string[] = path === OBSERVED ? CONTAINERS : ["float32"];
  if (!containers.includes(node.dtype) || node.dims.join() !== "frame,height,width") {
    const must = `${containers.join(" or ")} (frame, height, width)`;
    const is = `${node.dtype} (${node.dims.join(", ")})`;
    throw partError("invalid", metadataKey(path), `is ${is}, must be ${must}`);
  }
  return node as MovieNode;
}

function stagesOf(
  arrays: ReadonlyMap<string, ArrayNode>,
  groups: ReadonlyMap<string, GroupNode>,
): Map<string, Stage> {
  const group = groups.get(SNAPSHOTS);
  const names = group ? parseAs(stageNames, metadataKey(SNAPSHOTS), group.attributes).stages : [];
  return new Map(
    names.map((name) => {
      const node = movieAt(arrays, `${SNAPSHOTS}/${name}`);
      const { fov_offset } = parseAs(stageOffset, metadataKey(node.path), node.attributes);
      return [name, { node, fov_offset }];
    }),
  );
}

const stageNames = z.looseObject({ stages: z.array(z.string()) });
const stageOffset = z.looseObject({ fov_offset: z.tuple([z.int(), z.int()]) });

/** A chunk that is not there would read as zeros: it is an error instead. */
async function checkChunks(
  storage: Storage,
  arrays: ReadonlyMap<string, ArrayNode>,
): Promise<void> {
  const present = new Set(await storage.list(""));
  for (const node of arrays.values()) {
    for (const key of chunkKeys(node)) {
      if (!present.has(key)) throw partError("missing", key, "is missing");
    }
  }
}
