// What was opened beside the simulation, what was measured of both, and what pipelines found: state of the page, and its line to the worker.
import { batch, effect, signal, untracked } from "@preact/signals";
import { restartable, wasEnded } from "../engine/restartable.ts";
import { framesFrom } from "../state/frames.ts";
import { cacheKey, plan } from "../state/live.ts";
import { openedAddress, webAddress } from "../state/opened-address.ts";
import { page } from "../state/page.ts";
import { saveFile } from "../ui/save-file.ts";
import { drawLines } from "../view/lines.ts";
import { extra } from "../view/overlays.ts";
import { redraws } from "../view/screen.ts";
import { heldSecond } from "../view/second.ts";
import { linesOf, meaningsOf } from "./draw.ts";
import type { Judgement, Measured, OpenedMovie, Progress } from "./types.ts";
import type { ExamineApi } from "./worker.ts";

export interface Dropped {
  readonly path: string;
  readonly blob: Blob;
}

/** One sentence about what could not be done. */
export const trouble = signal("");
export const progress = signal<Progress | null>(null);
export const opened = signal<OpenedMovie | null>(null);
/** What the file does not tell. */
export const scale = signal<{ fps: number | null; pixelSizeUm: number | null }>({
  fps: null,
  pixelSizeUm: null,
});
/** Measures of the picture's recording and of what was opened, each with what it is of. */
export const measures = signal<Readonly<Record<string, Measured>>>({});

interface Judged {
  /** The plan, or what was opened. */
  readonly of: number;
  readonly judgement: Judgement;
}
export const judgements = signal<readonly Judged[]>([]);
/** The one that is drawn. */
export const drawn = signal<Judged | null>(null);

const worker = restartable<ExamineApi>(
  () => new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "examine" }),
  (event) => {
    progress.value = event as Progress;
  },
);
/** Opens what was opened, again: for when the worker was ended. */
let again: (() => Promise<OpenedMovie>) | undefined;
let isFresh = false;
/** The address that was opened, or could not be. */
let tried = "";
/** Before frames that could not be had are asked for again. */
const REST_MS = 5000;

async function doing<T>(what: string, work: () => Promise<T>): Promise<T | null> {
  if (progress.value) return null;
  trouble.value = "";
  progress.value = { what, share: 0 };
  try {
    return await work();
  } catch (error) {
    if (!wasEnded(error)) trouble.value = error instanceof Error ? error.message : String(error);
    return null;
  } finally {
    progress.value = null;
  }
}

export function stop(): void {
  worker.restart();
  isFresh = again !== undefined;
  // Its frames come from the worker that was ended.
  if (opened.value) void doing("Opening it again", reopen);
}

async function reopen(): Promise<void> {
  if (!isFresh || !again) return;
  isFresh = false;
  show(await again());
}

export const openMovie = (dropped: readonly Dropped[]): Promise<void> =>
  openBy(() => worker.call.open(dropped), "");

/** A recording on a web server. */
export async function openAt(text: string): Promise<void> {
  const address = webAddress(text);
  if (address) await openBy(() => worker.call.openAt(address), address);
  else
    trouble.value = `${text.trim() || "Nothing"} is no address of the web: one begins with https://.`;
}

async function openBy(open: () => Promise<OpenedMovie>, address: string): Promise<void> {
  await doing("Opening", async () => {
    const movie = await open();
    again = open;
    isFresh = false;
    tried = address;
    batch(() => {
      openedAddress.value = address;
      page.value = "build";
      show(movie);
    });
  });
}

function show(movie: OpenedMovie): void {
  opened.value = movie;
  measures.value = {};
  const frameOf = framesFrom({
    film: () => movie,
    ask: async (number, _, first, count) => {
      try {
        return await worker.call.frames(number, first, count);
      } catch (error) {
        if (wasEnded(error)) return null;
        trouble.value = (error as Error).message;
        await new Promise((resolve) => setTimeout(resolve, REST_MS));
        return null;
      }
    },
  });
  heldSecond.value = {
    title: movie.name,
    mainTitle: "simulation",
    height: movie.height,
    width: movie.width,
    // At the same time, as far as the file tells its rate.
    frameAt: (_, at) => {
      const seconds = at / (plan.value?.fps ?? 1);
      const rate = movie.fps ?? scale.value.fps ?? plan.value?.fps ?? 1;
      return frameOf("opened", Math.floor(seconds * rate) % movie.frames, 1);
    },
    draw(context, placement, ratio, { number }) {
      const now = drawn.value;
      if (now?.of !== movie.number) return;
      const { shifts } = now.judgement;
      context.save();
      context.translate(placement.x, placement.y);
      context.scale(placement.scale, placement.scale);
      if (shifts) context.translate(shifts[2 * number + 1] ?? 0, shifts[2 * number] ?? 0);
      drawLines(context, linesOf(now.judgement), ratio / placement.scale);
      context.restore();
    },
    close: closeMovie,
  };
}

export function closeMovie(): void {
  opened.value = null;
  openedAddress.value = "";
  tried = "";
  again = undefined;
  measures.value = {};
  heldSecond.value = null;
}

export async function measureBoth(): Promise<void> {
  const film = plan.value;
  const movie = opened.value;
  if (!film || !movie) return;
  await doing("Measuring", async () => {
    await reopen();
    const simulated = await worker.call.measureSpec(film.window.spec);
    measures.value = { [`${film.number}`]: simulated };
    const measured = await worker.call.measure(scale.value);
    measures.value = { ...measures.value, opened: measured };
  });
}

/** What results are held against: a recording that was opened, else that of the picture. */
function target() {
  const movie = opened.value;
  if (movie?.hasTruth) return { of: movie.number, target: { opened: movie.number } } as const;
  const film = plan.value!;
  return { of: film.number, target: { spec: film.window.spec } } as const;
}

export async function scoreResults(dropped: readonly Dropped[]): Promise<void> {
  await doing("Reading the results", async () => {
    await reopen();
    const { of, target: against } = target();
    add({ of, judgement: await worker.call.score(dropped, against) });
  });
}

export async function runPipeline(name: "roi" | "oracle"): Promise<void> {
  await doing("Simulating", async () => {
    await reopen();
    const { of, target: against } = target();
    add({ of, judgement: await worker.call.pipeline(name, against) });
  });
}

function add(judged: Judged): void {
  const others = judgements.value.filter(
    ({ of, judgement }) => of === judged.of && judgement.name !== judged.judgement.name,
  );
  page.value = "build";
  judgements.value = [...others, judged];
  drawn.value = judged;
}

export async function savePreview(): Promise<void> {
  const film = plan.value;
  if (!film) return;
  await doing("Writing", async () => {
    const bytes = await worker.call.movieFile(film.window.spec);
    saveFile(
      new Blob([bytes as Uint8Array<ArrayBuffer>]),
      `minisim-${cacheKey.value}-preview.ome.tif`,
    );
  });
}

/** What is dropped is a movie or a recording, or else results. */
export async function takeDropped(dropped: readonly Dropped[]): Promise<void> {
  await doing("Reading what was dropped", async () => {
    if (await worker.call.holdsResults(dropped)) return "results";
    return "movie";
  }).then((kind) => {
    if (kind === "results") return scoreResults(dropped);
    return kind === "movie" ? openMovie(dropped) : undefined;
  });
}

// What a link asks for, or a step back: where it is seen, and once, whatever comes of it.
effect(() => {
  const address = openedAddress.value;
  if (page.value !== "build" || progress.value || address === tried) return;
  untracked(() => {
    tried = address;
    if (address !== "") void openAt(address);
    else if (opened.value) closeMovie();
  });
});

effect(() => {
  const now = drawn.value;
  const number = plan.value?.number;
  untracked(() => {
    extra.value =
      now && now.of === number
        ? { plan: number, lines: linesOf(now.judgement), meanings: meaningsOf(now.judgement) }
        : null;
    redraws.value += 1;
  });
});
