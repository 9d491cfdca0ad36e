// The address tells what the page shows, and the browser's history is what undoes it: a change of the spec, the window or the
// page is a step of it, a change of how the movie is looked at is not.
import { batch, effect, signal } from "@preact/signals";
import { simulator } from "../engine/client.ts";
import { lessonSpec, setAside, showScreen } from "../learn/session.ts";
import { limits } from "../state/live.ts";
import { page } from "../state/page.ts";
import { catalog, type Draft, draft, load, notices, origin, presetName } from "../state/spec.ts";
import { type Fields, fieldsOf, textOf, troubleWith, VERSION } from "./fields.ts";
import { linkedDraft } from "./linked.ts";
import { packed, unpacked } from "./packed.ts";
import { LOOKS, type Part, PLACES, WINDOW } from "./parts.ts";

/** What the browser keeps with a step. */
interface Kept {
  readonly step: number;
  /** What was being built when a lesson began. */
  readonly aside: Draft | null;
}

/** Where in the history we are, and how far it goes. */
export const steps = signal({ now: 0, last: 0 });

export const undo = (): void => {
  if (steps.value.now > 0) history.back();
};
export const redo = (): void => {
  if (steps.value.now < steps.value.last) history.forward();
};

const REST_MS = 300;
let timer = 0;
let written: readonly unknown[] = [];
/** An address that could not be read stays as it came until something changes. */
let held = false;
let restoring = 0;

/** Shows what the address tells, and from then on lets the address tell what is shown. */
export async function startAddress(): Promise<void> {
  await restore();
  addEventListener("popstate", () => void restore());
  effect(() => {
    for (const part of [...PLACES, WINDOW, ...LOOKS]) part.get();
    void draft.value;
    clearTimeout(timer);
    timer = window.setTimeout(() => void write(), REST_MS);
  });
}

/** The address of what is shown now, whatever is still to be written. */
export async function linkOfNow(): Promise<string> {
  await write();
  return location.href;
}

/** What a step back would undo. */
const placesNow = () => [draft.value, limits.value, ...PLACES.map((part) => part.get())];

async function write(): Promise<void> {
  clearTimeout(timer);
  const now = placesNow();
  const isStep = written.length > 0 && now.some((value, i) => value !== written[i]);
  if (!draft.value || restoring > 0 || (held && !isStep)) return;
  const hash = await hashOfNow();
  // Something has changed meanwhile, and is to be written in its turn.
  if (placesNow().some((value, i) => value !== now[i])) return;
  held = false;
  written = now;
  const { now: at, last } = steps.value;
  const step = isStep ? at + 1 : at;
  const kept: Kept = { step, aside: setAside() };
  const url = `${location.search}#${hash}`;
  if (isStep) history.pushState(kept, "", url);
  else history.replaceState(kept, "", url);
  steps.value = { now: step, last: isStep ? step : Math.max(step, last) };
}

async function hashOfNow(): Promise<string> {
  const fields: [string, string][] = [["v", `${VERSION}`]];
  const isLesson = page.value === "learn";
  if (presetName.value && !isLesson) fields.push(["preset", presetName.value]);
  for (const part of [...PLACES, WINDOW, ...LOOKS]) {
    const text = part.get();
    if (text !== null) fields.push([part.name, text]);
  }
  // A lesson brings its own spec.
  if (!isLesson || draft.value !== lessonSpec.value) {
    const text = await packed(draft.value);
    fields.push(["n", `${text.length}`], ["s", text]);
  }
  return textOf(fields);
}

async function restore(): Promise<void> {
  restoring += 1;
  const mine = restoring;
  try {
    const fields = fieldsOf(location.hash);
    const problems: string[] = [];
    const trouble = troubleWith(fields);
    if (trouble) problems.push(trouble);
    const linked = await specOf(fields, trouble !== undefined, problems);
    if (restoring !== mine) return;
    const kept = history.state as Kept | null;
    await show(fields, linked, kept?.aside ?? null, problems);
    steps.value = { now: kept?.step ?? 0, last: Math.max(steps.value.last, kept?.step ?? 0) };
    notices.value = problems;
    held = problems.length > 0;
    written = placesNow();
  } finally {
    if (restoring === mine) restoring = 0;
  }
}

async function show(
  fields: Fields,
  linked: Draft | undefined,
  aside: Draft | null,
  problems: string[],
): Promise<void> {
  const presets = catalog.value!.presets;
  const named = presets.find(({ name }) => name === fields.get("preset"));
  if (fields.has("preset") && !named) {
    problems.push(
      `The link names the preset ${fields.get("preset")}, which is not among those here.`,
    );
  }
  const preset = named ?? presets[0]!;
  const take = (part: Part) => {
    const text = fields.get(part.name) ?? null;
    if (part.set(text)) return;
    part.set(null);
    problems.push(`The link says ${part.name}=${text}, which means nothing here.`);
  };
  const isLesson = fields.get("page") === "learn";
  if (isLesson) {
    if (aside) load(aside, preset.name, preset.spec as Draft);
    else if (!draft.value) load(preset.spec as Draft, preset.name);
    batch(() => PLACES.forEach(take));
    if (!(await showScreen())) {
      problems.push(`The link says lesson=${fields.get("lesson")}, which there is not.`);
      PLACES.find(({ name }) => name === "lesson")?.set(null);
      await showScreen();
    }
    if (linked) load(linked, presetName.value, origin.value ?? linked);
    if (fields.has("window")) take(WINDOW);
    for (const part of LOOKS) if (fields.has(part.name)) take(part);
    return;
  }
  const leaving = page.value === "learn";
  batch(() => PLACES.forEach(take));
  if (leaving) await Promise.resolve();
  batch(() => {
    if (linked && named) load(linked, named.name, named.spec as Draft);
    else if (linked) load(linked, "", linked);
    else load(preset.spec as Draft, preset.name);
    take(WINDOW);
    LOOKS.forEach(take);
  });
}

/** The spec of the link in today's words; undefined where there is none, or none that can be shown. */
async function specOf(
  fields: Fields,
  isCut: boolean,
  problems: string[],
): Promise<Draft | undefined> {
  const text = fields.get("s");
  if (text === undefined) return undefined;
  const document = await unpacked(text);
  if (document === undefined && isCut) return undefined;
  const linked = linkedDraft(document, catalog.value!.schema);
  if ("problem" in linked) {
    problems.push(linked.problem);
    return undefined;
  }
  const { spec, problems: unconverted } = await simulator.migrate(linked.draft);
  problems.push(...unconverted);
  return spec as Draft;
}
