// What a page that embeds the studio asks for: ?embed=1&knobs=optics.na,sensor.photons_per_um2_s&readout=counts
export const READOUTS = ["counts", "traces", "none"] as const;

export interface Embedded {
  readonly knobs: readonly (readonly [where: string, field: string])[];
  readonly readout: (typeof READOUTS)[number];
  /** What of it has no meaning. */
  readonly problems: readonly string[];
}

/** Null where the page is not embedded. */
export function embeddedIn(search: string): Embedded | null {
  const asked = new URLSearchParams(search);
  if (asked.get("embed") !== "1") return null;
  const problems: string[] = [];
  const named = asked.get("readout") ?? "counts";
  const readout = READOUTS.find((one) => one === named);
  if (!readout) problems.push(`There is no read-out ${named}; there are ${READOUTS.join(", ")}.`);
  const knobs = (asked.get("knobs") ?? "").split(",").flatMap((name) => {
    const [where, field, ...more] = name.trim().split(".");
    if (where && field && more.length === 0) return [[where, field] as const];
    if (name.trim() !== "") problems.push(`${name} is no knob; one is called optics.na, say.`);
    return [];
  });
  return { knobs, readout: readout ?? "counts", problems };
}
