// The simulator behind the page: validates, compiles and renders previews, in a worker of its own.
import { createCompiler, orderSteps } from "@minisim/pipeline";
import { windowOf } from "@minisim/spec";
import { builtinSteps, preset, presets, Spec } from "minisim";
import { type Census, censusOf } from "./census.ts";
import { createField, type Field } from "./focus.ts";
import { countable, type Foresight, foresee } from "./foresight.ts";
import { Preview } from "./preview.ts";
import { repaired } from "./repair.ts";
import { Handover, type PlainIssue, serve } from "./rpc.ts";
import { outlinesOf, sceneInfo, tracesOf } from "./scene-info.ts";
import type { Block, Catalog, Expected, Opened, PresetInfo, Shown } from "./types.ts";
import { windowed } from "./window.ts";
import { limitsOf, type WindowLimits } from "./window-limits.ts";

const compiler = createCompiler(builtinSteps, { cacheKey: Spec.cacheKey });
const schema = Spec.jsonSchema();
const field = createField(builtinSteps, schema);
let current: { readonly number: number; readonly preview: Preview } | undefined;
let tracing = 0;
let demixing = 0;
/** Tells the page how far the demixing or the registering is. */
let tell: (share: number) => void = () => {};
let opening = 0;

const api = {
  catalog(): Catalog {
    return {
      schema,
      steps: orderSteps(builtinSteps).map(({ kind, domain, summary, sources }) => ({
        kind,
        domain,
        summary,
        sources,
      })),
      presets: presetInfos(),
    };
  },

  /** A spec of the first edition in today's words, or why there are none for it; any other as it is. */
  migrate(document: unknown): { readonly spec: unknown; readonly problems: readonly string[] } {
    const { spec, changes } = Spec.migrate(document);
    const problems = changes
      .filter(({ severity }) => severity === "error")
      .map(({ path, message }) => `${path.join(".")}: ${message}`);
    return { spec, problems };
  },

  /** A spec as somebody wrote it, complete and in today's words; with what is wrong with it, as it is. */
  read(document: unknown): { readonly spec: unknown; readonly issues: readonly PlainIssue[] } {
    const { spec, changes } = Spec.migrate(document);
    const parsed = Spec.safeParse(spec);
    return parsed.ok ? { spec: parsed.spec, issues: changes } : { spec, issues: parsed.issues };
  },

  /** The spec without what is wrong in it; undefined where too much is. */
  repaired: (document: unknown, right: unknown): unknown =>
    repaired(document, right, Spec.safeParse),

  /** What `open` will take; null where the spec is not valid. */
  expected(input: unknown, limits: WindowLimits): Expected | null {
    const parsed = Spec.safeParse(input);
    if (!parsed.ok) return null;
    const { spec } = windowed(parsed.spec, limits, withFocus(null));
    const whole = windowed(parsed.spec, limitsOf("whole"), withFocus(null));
    return { window: foresee(spec), whole: foresee(whole.spec) };
  },

  /**
   * Compiles the window of a spec as the plan of this number, or says what is wrong with the spec. `focusUm`: where the full field
   * is in focus if the spec leaves it open; null while nobody knows.
   */
  async open(
    input: unknown,
    limits: WindowLimits,
    shown: Shown,
    number: number,
    focusUm: number | null,
  ): Promise<Handover<Opened>> {
    opening += 1;
    const parsed = Spec.safeParse(input);
    if (!parsed.ok) return new Handover({ ok: false, issues: parsed.issues }, []);
    const began = performance.now();
    const full = parsed.spec;
    const small = windowed(full, limits, withFocus(focusUm));
    const checked = Spec.safeParse(small.spec);
    if (!checked.ok) return new Handover({ ok: false, issues: checked.issues }, []);
    const next = await Preview.open(checked.spec, compiler.compile);
    current?.preview.release();
    current = { number, preview: next };
    const { geometry } = next.plan.program;
    const { fps, duration_s } = full.acquisition;
    const plan = {
      number,
      stages: next.stages,
      height: geometry.fov.height,
      width: geometry.fov.width,
      pixelSizeUm: geometry.pixel_size_um,
      fps,
      frames: geometry.n_frames,
      window: {
        shown: small.shown,
        recorded: windowOf(full.acquisition),
        sensor: {
          height: full.acquisition.image_sensor.n_px_height,
          width: full.acquisition.image_sensor.n_px_width,
        },
        redrawn: small.redrawn,
        full_frames: Math.round(duration_s * fps),
        spec: checked.spec,
        counted: small.counted,
        wants_focus: small.redrawn && full.acquisition.focal_depth_in_tissue_um === "auto",
      },
      recording: full,
      warnings: [...parsed.warnings, ...next.plan.warnings],
      compileMs: performance.now() - began,
    };
    const first = firstFrames(next, number, shown, performance.now() - began);
    const opened = { ok: true, plan, cacheKey: Spec.cacheKey(full), first } as const;
    return new Handover(
      opened,
      first.map(({ data }) => data.buffer),
    );
  },

  /** What counting all of a recording will take, or as much of it as a tab can hold. */
  foresee: (spec: unknown): Foresight => foresee(countable(Spec.parse(spec))),

  census: (spec: unknown): Census => censusOf(compiler.compile(countable(Spec.parse(spec)))),

  /** Where the full field is in focus, if the spec leaves it open. */
  focus: (spec: unknown): number | null => field.focus(Spec.parse(spec)),

  frames(plan: number, stage: string, first: number, wanted: number): Handover<Block> | null {
    if (current?.number !== plan) return null;
    const data = current.preview.frames(stage, first, wanted);
    const { fov } = current.preview.plan.program.geometry;
    const block = { plan, stage, first, count: data.length / (fov.height * fov.width), data };
    return new Handover(block, [data.buffer]);
  },

  scene: (plan: number) => (current?.number === plan ? sceneInfo(current.preview, plan) : null),

  async outlines(plan: number) {
    const mine = opening;
    const fresh = () => current?.number === plan && opening === mine;
    return fresh() ? outlinesOf(current!.preview, plan, fresh) : null;
  },

  async traces(plan: number, stage: string, units: readonly number[]) {
    tracing += 1;
    const mine = tracing;
    const fresh = () => current?.number === plan && tracing === mine;
    if (!fresh()) return null;
    const traces = await tracesOf(current!.preview, stage, units, fresh);
    return fresh() ? traces : null;
  },

  async demix(plan: number, stage: string) {
    demixing += 1;
    const mine = demixing;
    const fresh = () => current?.number === plan && demixing === mine;
    const { demix } = await import("./demix.ts");
    return fresh() ? demix(current!.preview, stage, fresh, tell) : null;
  },

  async registration(plan: number, stage: string) {
    demixing += 1;
    const mine = demixing;
    const fresh = () => current?.number === plan && demixing === mine;
    const { registration } = await import("./registration.ts");
    return fresh() ? registration(current!.preview, stage, fresh, tell) : null;
  },

  /** SHA-256 of one frame of a stage: to be compared with other machines. */
  async frameHash(plan: number, stage: string, frame: number): Promise<string | null> {
    if (current?.number !== plan) return null;
    const { buffer } = current.preview.frames(stage, frame, 1);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", buffer as ArrayBuffer));
    return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  },
};

export type StudioApi = typeof api;

/** The full field as far as it need not be searched for its focus, which takes longer than a picture may. */
const withFocus = (focusUm: number | null): Field => ({
  cellsPerUm2: field.cellsPerUm2,
  focus: ({ acquisition }) => (acquisition.focal_depth_in_tissue_um === "auto" ? focusUm : null),
});

function firstFrames(preview: Preview, plan: number, shown: Shown, elapsedMs: number): Block[] {
  const names = preview.stages.filter(({ hasMovie }) => hasMovie).map(({ name }) => name);
  const { n_frames } = preview.plan.program.geometry;
  const first = Math.floor(shown.frame + shown.framesPerMs * elapsedMs) % Math.max(1, n_frames);
  const stages = new Set(shown.stages.map((name) => (names.includes(name) ? name : names.at(-1))));
  return [...stages].flatMap((stage) =>
    stage === undefined || n_frames === 0
      ? []
      : [{ plan, stage, first, count: 1, data: preview.frames(stage, first, 1) }],
  );
}

// "Hippocampal CA1, pyramidal layer": what comes after the comma is the longer part.
const shortened = (title: string) => (title.length > 26 ? title.split(",")[0] : title);

function presetInfos(): PresetInfo[] {
  return presets.map(({ name, scope, region }) => ({
    name,
    title: `${scope} × ${shortened(region)}`,
    spec: Spec.parse(preset(name)!),
  }));
}

serve((emit) => {
  tell = emit;
  return api;
});
