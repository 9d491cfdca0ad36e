// The site's contents: which page stands where. Groups fill themselves from the pages that there are.
import { formatNames } from "@minisim/interop";
import { builtinSteps, regions, scopes } from "minisim";
import type { Page } from "./page.ts";

export interface Entry {
  readonly text: string;
  /** "/steps/vasculature" */
  readonly link?: string;
  readonly items?: readonly Entry[];
}

/** What there is of one kind: listed where one reads of one of them, elsewhere a line. */
interface Group extends Entry {
  readonly folder: string;
}

/** By the beginning of a page's address: "/steps/". */
export type Sidebars = Readonly<Record<string, readonly Entry[]>>;

/** What most people want first; the others follow by name. */
const FIRST = [
  "minisim",
  "testing",
  "scoring",
  "interop",
  "sweep",
  "pipelines",
  "measures",
  "figures",
  "spec",
  "pipeline",
];
const QUICK = ["command-line", "typescript", "python", "browser"];
const HOW_TO = [
  "score-a-pipeline",
  "in-your-ci",
  "sweep-a-parameter",
  "tune-a-pipeline",
  "on-a-cluster",
  "many-machines",
  "make-it-again",
  "add-an-effect",
];

export function sidebarsOf(pages: readonly Page[]): Sidebars {
  const left = new Map(pages.map((page) => [page.path, page]));
  const entry = (path: string, text?: string): Entry => {
    const page = left.get(path);
    if (!page) throw new Error(`The contents name ${path}, which is no page.`);
    left.delete(path);
    return { text: text ?? page.title, link: `/${path.replace(/(index)?\.md$/, "")}` };
  };
  /** All pages of a folder that no other entry names, those of `first` before the others. */
  const below = (folder: string, first: readonly string[] = []): Entry[] => {
    const inside = [...left.keys()].filter((path) => path.startsWith(`${folder}/`));
    const rank = (path: string) => {
      const at = first.indexOf(path.slice(folder.length + 1, -3));
      return at < 0 ? first.length : at;
    };
    return inside.sort((a, b) => rank(a) - rank(b)).map((path) => entry(path));
  };
  const groups: Group[] = [];
  /** `overview`: the page that says what they are. */
  const group = (text: string, folder: string, overview: string, first?: readonly string[]) => {
    const own = overview.startsWith(`${folder}/`) ? entry(overview).link! : undefined;
    const link = own ?? `/${overview.replace(".md", "")}`;
    const made = { text, folder, link, items: below(folder, first) };
    groups.push(made);
    return made;
  };
  const kinds = builtinSteps.map(({ kind }) => kind);
  const contents = [
    { text: "Start", items: [entry("overview.md", "What it is"), ...below("quick-start", QUICK)] },
    {
      text: "How to",
      items: [
        ...below("how-to", HOW_TO),
        entry("examples/own-spikes.md"),
        entry("examples/install_to_score.md", "From install to score, in Python"),
      ],
    },
    {
      text: "The model",
      items: [
        entry("model.md"),
        group("Steps", "steps", "model.md#the-steps", kinds),
        entry("spec.md"),
        entry("presets.md"),
        group("Scopes", "scopes", "presets.md#scopes", Object.keys(scopes)),
        group("Regions", "regions", "presets.md#regions", Object.keys(regions)),
        group("Indicators", "indicators", "indicators/index.md"),
        entry("physics-2.md"),
      ],
    },
    {
      text: "Reference",
      items: [
        entry("apps/cli.md", "The command line"),
        entry("commands.md"),
        entry("apps/python.md", "The Python package"),
        entry("apps/studio.md", "The studio"),
        group("Formats", "formats", "formats/index.md", formatNames),
        group("Packages", "packages", "packages/index.md", FIRST),
        ...(left.has("api/index.md") ? [group("API", "api", "api/index.md")] : []),
        group("Examples", "examples", "examples/index.md"),
      ],
    },
    {
      text: "Can I rely on it?",
      items: [
        "reproducibility.md",
        "validation.md",
        "validation-real.md",
        "performance.md",
        "growth.md",
        "stability.md",
        "citation.md",
      ].map((path) => entry(path)),
    },
    {
      text: "The project",
      items: [
        "decisions.md",
        "contributing.md",
        "apps/docs.md",
        "security.md",
        "third-party.md",
      ].map((path) => entry(path)),
    },
  ];
  const lost = [...left.keys()].filter((path) => !/^(index\.md$|files\/)/.test(path));
  if (lost.length > 0) throw new Error(`The contents have no place for ${lost.join(", ")}.`);
  return {
    ...Object.fromEntries(
      groups.map(({ folder }) => [`/${folder}/`, withOnly(folder, contents)] as const),
    ),
    "/": withOnly(undefined, contents),
  };
}

/** The contents with the lists of one group. */
function withOnly(folder: string | undefined, contents: readonly Entry[]): Entry[] {
  return contents.map(({ text, items }) => ({
    text,
    items: items!.map((item) => {
      const { folder: own, ...entry } = item as Group;
      return own === undefined || own === folder ? entry : { text: entry.text, link: entry.link! };
    }),
  }));
}
