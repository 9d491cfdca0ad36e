// SHA-256 of everything a recording consists of. Runs in Node and in browsers.
import type { Recording } from "minisim";

export async function fingerprint(recording: Recording): Promise<Record<string, string>> {
  const { observed, ground_truth: truth } = recording;
  const prints: Record<string, string> = { observed: await sha256(observed.data) };
  const arrays = [...truth.fields.values()].map(({ name, array }) => [name, array]);
  const { fields: _, ...properties } = truth;
  for (const [name, value] of Object.entries({ ...properties, ...Object.fromEntries(arrays) })) {
    prints[name] = await sha256(...partsOf(value));
  }
  const { offsets, shapes, data } = truth.observed_footprints;
  prints.observed_footprints = await sha256(offsets, shapes, data);
  return prints;
}

/** The typed arrays of a truth field: an ndarray, a ragged list, a footprint stack, a scalar or null. */
function partsOf(value: unknown): ArrayBufferView[] {
  if (value === null) return [];
  if (typeof value === "number") return [Float64Array.of(value)];
  if (Array.isArray(value)) return [Float64Array.from(value)];
  const fields = value as Record<string, unknown>;
  const views = ["offsets", "shapes", "data"].map((name) => fields[name]);
  return views.filter((view): view is ArrayBufferView => ArrayBuffer.isView(view));
}

async function sha256(...views: ArrayBufferView[]): Promise<string> {
  const total = views.reduce((sum, view) => sum + view.byteLength, 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const view of views) {
    bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), at);
    at += view.byteLength;
  }
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
