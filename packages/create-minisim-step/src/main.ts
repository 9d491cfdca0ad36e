// npm create minisim-step FOLDER: writes a package with an effect step of one's own into a folder that is new or empty.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { problemsWith, type StepDomain, wordsOf } from "./names.ts";
import { packageTemplate, stepTemplate, writeTemplate } from "./templates.ts";

const USAGE = `Usage: npm create minisim-step FOLDER -- [options]

Writes a package with an effect step for Minisim into FOLDER, which is new or empty: the step, its parameters, tests, and a spec that uses it.
The last name of FOLDER names the step: lens-flare makes the step lens_flare in the package minisim-step-lens-flare.

  --domain DOMAIN  where it acts: tissue, on the light before motion; sensor, on the image after it (the default)
  --kind KIND      the name of the step in a spec, where it is not that of the folder
  --help           this text
`;

export interface Output {
  out(text: string): void;
  err(text: string): void;
}

/** Does what the words say; the exit code. */
export function run(words: readonly string[], cwd: string, { out, err }: Output): number {
  const asked = askedFor(words);
  if ("problem" in asked) return refused([asked.problem]);
  if (asked.help) {
    out(USAGE);
    return 0;
  }
  const { folder, domain = "sensor", kind } = asked;
  if (folder === undefined) return refused(["FOLDER is missing."]);
  const path = resolve(cwd, folder);
  const own = kind ?? kindOf(basename(path));
  const problems = [...problemsWith(domain, own), ...problemsWithFolder(path, folder)];
  if (problems.length > 0) return refused(problems);
  writePackage(path, domain as StepDomain, own);
  out(next(relative(cwd, path) || ".", own));
  return 0;

  function refused(problems: readonly string[]): number {
    err(`${problems.map((problem) => `error: ${problem}\n`).join("")}\n${USAGE}`);
    return 2;
  }
}

interface Asked {
  readonly folder?: string | undefined;
  readonly domain?: string | undefined;
  readonly kind?: string | undefined;
  readonly help?: boolean | undefined;
}

function askedFor(words: readonly string[]): Asked | { readonly problem: string } {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        domain: { type: "string" },
        kind: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (positionals.length > 1) {
      return { problem: `There is one FOLDER (got ${positionals.join(", ")}).` };
    }
    return { ...values, folder: positionals[0] };
  } catch (error) {
    // Its first sentence says what is wrong; what follows is advice on other programs' words.
    return { problem: `${(error as Error).message.split(". ")[0]!.replace(/\.$/, "")}.` };
  }
}

/** lens-flare, minisim-step-lens-flare: lens_flare */
const kindOf = (name: string): string => name.replace(/^minisim-step-/, "").replaceAll("-", "_");

/** A repository that has just begun holds nothing that could be overwritten. */
function problemsWithFolder(path: string, folder: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [`${folder} is a file.`];
  const there = readdirSync(path).filter((name) => name !== ".git");
  return there.length === 0
    ? []
    : [`The folder ${folder} is not empty (it has ${there[0]}): name one that is new or empty.`];
}

function writePackage(path: string, domain: StepDomain, kind: string): void {
  const words = {
    ...wordsOf(domain, kind),
    import: "../src/index.ts",
    simulator: "minisim",
    golden:
      '  // Once its bytes are as you want them: golden: new URL("./golden.json", import.meta.url), and once MINISIM_UPDATE_GOLDEN=1 npm test.',
    ...versions(),
  };
  writeTemplate(packageTemplate(), path, words);
  writeTemplate(stepTemplate(), path, words);
}

/** Of the packages that a step needs, under "version_of_NAME": those that this package was tried with. */
function versions(): Record<string, string> {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  const { devDependencies } = JSON.parse(manifest) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return Object.fromEntries(
    Object.entries(devDependencies).map(([name, version]) => [
      `version_of_${name.replaceAll(/\W+/g, "_")}`,
      /^\d/.test(version) ? `^${version}` : version,
    ]),
  );
}

const next = (folder: string, kind: string): string => `
${folder} has a package with the step ${kind}.

    ${folder === "." ? "" : `cd ${folder} && `}npm install
    npm test           # the conformance suite, and the physics
    npm run simulate   # builds it, and simulates spec.yaml with it
    npm run look       # pictures of the recording, in pictures/

src/index.ts and src/params.ts are yours to write; README.md says what is where.
`;
