// The text of an address: fields behind "#", each readable by itself, so that one that is broken takes no other with it.
//   #v=1&preset=miniscope_v4/ca1&page=learn&lesson=2.3&stage=neuropil&…&n=1312&s=…
export type Fields = ReadonlyMap<string, string>;

/** Links of before had no version, and the spec alone. */
export const VERSION = 1;
/** Separate and assign; none of them is in a packed spec or in a name. */
const SAFE = /%(2F|2C|40)/g;

export function textOf(fields: Iterable<readonly [name: string, value: string]>): string {
  return [...fields]
    .map(
      ([name, value]) => `${name}=${encodeURIComponent(value).replace(SAFE, decodeURIComponent)}`,
    )
    .join("&");
}

export function fieldsOf(hash: string): Fields {
  const fields = new Map<string, string>();
  for (const pair of hash.replace(/^#/, "").split("&")) {
    const at = pair.indexOf("=");
    if (at > 0) fields.set(pair.slice(0, at), decoded(pair.slice(at + 1)));
  }
  return fields;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Why the link as a whole may not be what was sent; its fields are taken as far as they go. */
export function troubleWith(fields: Fields): string | undefined {
  const version = Number(fields.get("v") ?? VERSION);
  if (version > VERSION) {
    return `The link is of version ${version}, and this studio knows version ${VERSION}: a later one has made it. What is known of it is shown.`;
  }
  const length = Number(fields.get("n") ?? Number.NaN);
  const here = fields.get("s")?.length ?? 0;
  if (length > here) {
    return `The link was cut off on its way: ${here} of the ${length} characters of its spec have arrived.`;
  }
  return undefined;
}
