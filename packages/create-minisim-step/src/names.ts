// The words that a step's files are filled in with, from its domain and its kind.

/** Where light is multiplied in each domain: on the canvas before motion, on the field of view after it. */
const GRIDS = {
  tissue: { grid: "canvas", height: "canvas_height", width: "canvas_width" },
  sensor: { grid: "fov", height: "height", width: "width" },
} as const;

export type StepDomain = keyof typeof GRIDS;

/** Those for which there is a step to begin with. */
const domains = Object.keys(GRIDS) as readonly StepDomain[];

/** A sentence about each of the two that cannot be taken. */
export function problemsWith(domain: string, kind: string): string[] {
  return [
    ...((domains as readonly string[]).includes(domain)
      ? []
      : [
          `DOMAIN is one of ${domains.join(", ")} (got "${domain}"). A step of cells or of motion begins as a copy of one that is there.`,
        ]),
    ...(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(kind)
      ? []
      : [`KIND is words in lower case with _ between them, as in lens_flare (got "${kind}").`]),
  ];
}

/** By name, what stands for {{name}} in a template. */
export type Words = Readonly<Record<string, string>>;

export function wordsOf(domain: StepDomain, kind: string): Words {
  const name = kind.replaceAll("_", "-");
  const camel = kind.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return { kind, name, camel, domain, ...GRIDS[domain] };
}
