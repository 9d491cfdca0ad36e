// The site's contents: which page stands where. Groups fill themselves from the pages that there are.
import { formatNames } from "@minisim/interop";
import { builtinSteps, regions, scopes } from "minisim";
import type { Page } from "./page.ts";

export interface Entry {
  readonly text: string;
  /** "/steps/vasculature" */
  readonly link?: string;
  readonly items?: readonly Entry[];
  readonly collapsed?: boolean;
}

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
  "make-it-again",
  "add-an-effect",
];

export function sidebarOf(pages: readonly Page[]): Entry[] {
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
  const group = (text: string, items: readonly Entry[]): Entry => ({
    text,
    items,
    collapsed: true,
  });
  const names = (table: object) => Object.keys(table);
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
        group(
          "Steps",
          below(
            "steps",
            builtinSteps.map(({ kind }) => kind),
          ),
        ),
        entry("spec.md"),
        entry("presets.md"),
        group("Scopes", below("scopes", names(scopes))),
        group("Regions", below("regions", names(regions))),
        group("Indicators", below("indicators")),
        entry("physics-2.md"),
      ],
    },
    {
      text: "Reference",
      items: [
        entry("apps/cli.md", "The command line"),
        entry("apps/python.md", "The Python package"),
        entry("apps/studio.md", "The studio"),
        group("Formats", [entry("formats/index.md"), ...below("formats", formatNames)]),
        group("Packages", below("packages", FIRST)),
        group("API", below("api")),
        group("Examples", below("examples")),
      ],
    },
    {
      text: "Can I rely on it?",
      items: [
        "reproducibility.md",
        "validation.md",
        "validation-real.md",
        "performance.md",
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
  return contents;
}
