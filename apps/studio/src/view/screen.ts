// The canvas at work: draws the frame of now at the screen's pace.
import { signal } from "@preact/signals";
import { judged } from "../state/counted.ts";
import { arrivals, type Frame, frameOf } from "../state/frames.ts";
import { drawn, outlines, plan, scene } from "../state/live.ts";
import { catalog } from "../state/spec.ts";
import {
  centre,
  frame,
  locked,
  otherStage,
  outlineMode,
  palette,
  percentiles,
  playing,
  selected,
  showMotion,
  showVessels,
  speed,
  stage,
  toggleUnit,
  wipe,
  wiping,
  zoom,
} from "../state/view.ts";
import { lockRange, rangeOf } from "./contrast.ts";
import type { Range } from "./contrast-range.ts";
import { listen } from "./gestures.ts";
import { drawOverlays, type Side } from "./overlays.ts";
import { type Placement, placementOf, Raster } from "./paint.ts";
import { pickUnit } from "./pick.ts";
import { hiddenOf, isBeside, isDivided, sameContrast, second, way } from "./second.ts";

/** Pictures drawn in the last second. */
export const drawnRate = signal(0);
/** The frame on screen, for read-outs. */
export const shownFrame = signal<Frame | null>(null);
/** Where the wipe's edge is on the screen, as a length of CSS. */
export const wipeX = signal("50%");
/** Rises when what is drawn over the picture has changed. */
export const redraws = signal(0);
/** The same for read-outs that are numbers: a few times a second, as nobody reads faster. */
export const steadyFrame = signal<Frame | null>(null);

export class Screen {
  readonly #box: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #main = new Raster();
  readonly #other = new Raster();
  readonly #size: ResizeObserver;
  #request = 0;
  #before = performance.now();
  #last = "";
  #drawn: number[] = [];
  #steady = 0;
  #placement: Placement = { x: 0, y: 0, scale: 1 };

  constructor(box: HTMLElement, canvas: HTMLCanvasElement) {
    this.#box = box;
    this.#canvas = canvas;
    this.#size = new ResizeObserver(() => this.#fit());
    this.#size.observe(box);
    this.#fit();
    listen(canvas, {
      placement: () => this.#placement,
      click: ({ y, x }) => {
        const { width } = plan.value ?? { width: 1 };
        const other = !second.value && wiping.value ? otherStage.value : undefined;
        const side = sidesOf(stage.value, other).find(({ from, to }) => {
          return x / width >= from && x / width < to;
        });
        const moved = side?.moved ?? false;
        if (!side) return;
        const unit = pickUnit(y, x, moved ? Math.floor(frame.value) : null);
        if (unit !== undefined) toggleUnit(unit);
      },
    });
    this.#request = requestAnimationFrame(this.#tick);
  }

  stop(): void {
    cancelAnimationFrame(this.#request);
    this.#size.disconnect();
  }

  #fit(): void {
    const ratio = devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.#box;
    this.#canvas.width = Math.max(1, Math.round(clientWidth * ratio));
    this.#canvas.height = Math.max(1, Math.round(clientHeight * ratio));
    this.#last = "";
  }

  #tick = (now: number): void => {
    this.#request = requestAnimationFrame(this.#tick);
    const elapsed = Math.min(0.25, (now - this.#before) / 1000);
    this.#before = now;
    const film = plan.value;
    if (!film || !stage.value || film.frames === 0) {
      this.#blank();
      return;
    }
    const next = (frame.value + elapsed * film.fps * speed.value) % film.frames;
    const number = Math.floor(playing.value ? next : frame.value) % film.frames;
    const main = frameOf(stage.value, number, playing.value ? 2 : 0);
    const beside = second.value;
    const other = beside
      ? beside.frameAt(stage.value, number)
      : wiping.value
        ? frameOf(otherStage.value, number, playing.value ? 1 : 0)
        : undefined;
    // Time waits for frames that are still being rendered.
    const here = main && ((!beside && !wiping.value) || other);
    if (playing.value && here) frame.value = next;
    if (!here) return;
    const look = this.#look(main, other);
    if (look === this.#last) return;
    this.#last = look;
    this.#draw(main, other, now);
    this.#count(now);
  };

  /** Where there is no movie, nothing of an older one may stay. */
  #blank(): void {
    if (this.#last === "blank" || !plan.value) return;
    this.#last = "blank";
    this.#canvas.getContext("2d")!.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    shownFrame.value = null;
    steadyFrame.value = null;
  }

  /** Everything that the picture depends on, so that nothing is drawn twice. */
  #look(main: Frame, other: Frame | undefined): string {
    const parts = [
      main.plan,
      main.stage,
      main.number,
      other?.plan,
      other?.stage,
      other?.number,
      other && wipe.value,
      second.value && `${way.value} ${hiddenOf()} ${sameContrast.value}`,
      redraws.value,
      zoom.value,
      centre.value,
      palette.value,
      percentiles.value,
      locked.value,
      outlineMode.value,
      showVessels.value,
      showMotion.value,
      selected.value,
      outlines.value?.plan,
      scene.value?.plan,
      judged.value !== null,
      arrivals.peek() < 0,
    ];
    return parts.join("|");
  }

  #draw(main: Frame, other: Frame | undefined, now: number): void {
    const film = plan.value!;
    const { height, width } = film;
    const range = rangeOf(main);
    lockRange(main, range);
    this.#main.paint(main.data, height, width, range, palette.value);
    const context = this.#canvas.getContext("2d")!;
    const { width: whole, height: full } = this.#canvas;
    const halved = other !== undefined && isBeside.value;
    const half = Math.floor(whole / 2) - 1;
    const box = halved
      ? { left: whole - half, width: half, height: full }
      : { left: 0, width: whole, height: full };
    const placement = placementOf(box, film, zoom.value, centre.value);
    this.#placement = placement;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, whole, full);
    context.imageSmoothingEnabled = false;
    const hidden = hiddenOf();
    context.save();
    context.beginPath();
    context.rect(box.left, 0, box.width, full);
    context.clip();
    if (hidden !== "main") {
      const { x, y, scale } = placement;
      context.drawImage(this.#main.canvas, x, y, width * scale, height * scale);
    }
    if (other && second.value && hidden !== "second") {
      if (halved) context.restore();
      this.#drawSecond(context, other, range, halved ? half : whole);
      if (halved) context.save();
    } else if (other && !second.value) this.#drawOther(context, other, rangeOf(other), placement);
    const overlaid = other && !second.value ? other.stage : undefined;
    drawOverlays(context, {
      film,
      placement,
      frame: main.number,
      sides: hidden === "main" ? [] : sidesOf(main.stage, overlaid),
      left: box.left,
      ratio: devicePixelRatio || 1,
    });
    context.restore();
    shownFrame.value = main;
    const before = steadyFrame.value;
    const moved = before?.plan !== main.plan || before.stage !== main.stage;
    if (moved || !playing.value || now - this.#steady > 300) {
      this.#steady = now;
      steadyFrame.value = main;
    }
    drawn(main.plan);
  }

  #drawOther(
    context: CanvasRenderingContext2D,
    other: Frame,
    range: Range,
    placement: Placement,
  ): void {
    const { height, width } = plan.value!;
    this.#other.paint(other.data, height, width, range, palette.value);
    this.#leftOfLine(context, placement, placement);
  }

  /** The second picture in the left half, left of the line, or all over; as large as fits. */
  #drawSecond(
    context: CanvasRenderingContext2D,
    other: Frame,
    range: Range,
    boxWidth: number,
  ): void {
    const { height, width, draw } = second.value!;
    this.#other.paint(
      other.data,
      height,
      width,
      sameContrast.value ? range : rangeOf(other),
      palette.value,
    );
    const box = { width: boxWidth, height: this.#canvas.height };
    const place = placementOf(box, { height, width }, zoom.value, centre.value);
    const ratio = devicePixelRatio || 1;
    if (isDivided.value) {
      this.#leftOfLine(context, place, this.#placement, () => draw?.(context, place, ratio, other));
      return;
    }
    context.save();
    context.beginPath();
    context.rect(0, 0, boxWidth, box.height);
    context.clip();
    const { x, y, scale } = place;
    context.drawImage(this.#other.canvas, x, y, width * scale, height * scale);
    draw?.(context, place, ratio, other);
    context.restore();
  }

  #leftOfLine(
    context: CanvasRenderingContext2D,
    { x, y, scale }: Placement,
    main: Placement,
    draw: () => void = () => {},
  ): void {
    const { width, height } = this.#other.canvas;
    const film = plan.value!;
    const edge = main.x + film.width * main.scale * wipe.value;
    context.save();
    context.beginPath();
    context.rect(0, 0, edge, this.#canvas.height);
    context.clip();
    context.clearRect(0, 0, edge, this.#canvas.height);
    context.drawImage(this.#other.canvas, x, y, width * scale, height * scale);
    draw();
    context.restore();
    const share = Math.min(1, Math.max(0, edge / this.#canvas.width));
    wipeX.value = `${(100 * share).toFixed(2)}%`;
    context.fillStyle = "#ffffffd0";
    const reach = Math.min(film.height * main.scale, this.#canvas.height);
    context.fillRect(edge - 1, Math.max(0, main.y), 2, reach);
  }

  #count(now: number): void {
    this.#drawn.push(now);
    while (this.#drawn[0]! < now - 1000) this.#drawn.shift();
    drawnRate.value = this.#drawn.length;
  }
}

function sidesOf(main: string, other: string | undefined): Side[] {
  if (second.value && isDivided.value) return [{ from: wipe.value, to: 1, moved: hasMoved(main) }];
  if (other === undefined) return [{ from: 0, to: 1, moved: hasMoved(main) }];
  return [
    { from: 0, to: wipe.value, moved: hasMoved(other) },
    { from: wipe.value, to: 1, moved: hasMoved(main) },
  ];
}

/** Whether the tissue has been moved by then: overlays move along. */
export function hasMoved(name: string, rows = plan.value?.stages ?? []): boolean {
  const moves = new Set(
    catalog.value?.steps.filter(({ domain }) => domain === "motion").map(({ kind }) => kind),
  );
  const motion = rows.findIndex(({ kind }) => moves.has(kind));
  return motion >= 0 && rows.findIndex((row) => row.name === name) >= motion;
}
