// The canvas at work: draws the frame of now at the screen's pace, and turns pointer and wheel into zoom, pan, wipe and picks.
import { signal } from "@preact/signals";
import { arrivals, type Frame, frameOf } from "../state/frames.ts";
import { outlines, plan, scene } from "../state/live.ts";
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
import { drawOverlays } from "./overlays.ts";
import { type Placement, placementOf, Raster } from "./paint.ts";
import { pickUnit } from "./pick.ts";

/** Pictures drawn in the last second. */
export const drawnRate = signal(0);
/** The frame on screen, for read-outs. */
export const shownFrame = signal<Frame | null>(null);
export const pointer = signal<{ readonly y: number; readonly x: number } | null>(null);

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
  #placement: Placement = { x: 0, y: 0, scale: 1 };
  #drag: { readonly x: number; readonly y: number; wiping: boolean; moved: boolean } | undefined;

  constructor(box: HTMLElement, canvas: HTMLCanvasElement) {
    this.#box = box;
    this.#canvas = canvas;
    this.#size = new ResizeObserver(() => this.#fit());
    this.#size.observe(box);
    this.#fit();
    canvas.addEventListener("pointerdown", this.#down);
    canvas.addEventListener("pointermove", this.#move);
    canvas.addEventListener("pointerup", this.#up);
    canvas.addEventListener("pointerleave", () => {
      pointer.value = null;
    });
    canvas.addEventListener("wheel", this.#wheel, { passive: false });
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
    if (!film || !stage.value) return;
    const next = (frame.value + elapsed * film.fps * speed.value) % film.frames;
    const number = Math.floor(playing.value ? next : frame.value) % film.frames;
    const main = frameOf(stage.value, number, playing.value ? 2 : 0);
    const other = wiping.value
      ? frameOf(otherStage.value, number, playing.value ? 1 : 0)
      : undefined;
    // Time waits for frames that are still being rendered.
    const here = main && (!wiping.value || other);
    if (playing.value && here) frame.value = next;
    if (!here) return;
    const look = this.#look(main, other);
    if (look === this.#last) return;
    this.#last = look;
    this.#draw(main, other);
    this.#count(now);
  };

  /** Everything that the picture depends on, so that nothing is drawn twice. */
  #look(main: Frame, other: Frame | undefined): string {
    const parts = [
      main.plan,
      main.stage,
      main.number,
      other?.stage,
      other && wipe.value,
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
      arrivals.peek() < 0,
    ];
    return parts.join("|");
  }

  #draw(main: Frame, other: Frame | undefined): void {
    const film = plan.value!;
    const { height, width } = film;
    const range = rangeOf(main);
    lockRange(main, range);
    this.#main.paint(main.data, height, width, range, palette.value);
    const context = this.#canvas.getContext("2d")!;
    const placement = placementOf(this.#canvas, film, zoom.value, centre.value);
    this.#placement = placement;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    context.imageSmoothingEnabled = false;
    const place = [
      placement.x,
      placement.y,
      width * placement.scale,
      height * placement.scale,
    ] as const;
    context.drawImage(this.#main.canvas, ...place);
    if (other) this.#drawOther(context, other, rangeOf(other), place);
    drawOverlays(context, {
      film,
      placement,
      frame: main.number,
      moved: hasMoved(main.stage),
      ratio: devicePixelRatio || 1,
    });
    shownFrame.value = main;
  }

  #drawOther(
    context: CanvasRenderingContext2D,
    other: Frame,
    range: Range,
    place: readonly [number, number, number, number],
  ): void {
    const { height, width } = plan.value!;
    this.#other.paint(other.data, height, width, range, palette.value);
    const edge = place[0] + place[2] * wipe.value;
    context.save();
    context.beginPath();
    context.rect(0, 0, edge, this.#canvas.height);
    context.clip();
    context.drawImage(this.#other.canvas, ...place);
    context.restore();
    context.fillStyle = "#ffffffd0";
    context.fillRect(edge - 1, Math.max(0, place[1]), 2, Math.min(place[3], this.#canvas.height));
  }

  #count(now: number): void {
    this.#drawn.push(now);
    while (this.#drawn[0]! < now - 1000) this.#drawn.shift();
    drawnRate.value = this.#drawn.length;
  }

  /** Pointer → pixel of the picture. */
  #pixel(event: MouseEvent): { readonly y: number; readonly x: number } {
    const rect = this.#canvas.getBoundingClientRect();
    const ratio = this.#canvas.width / rect.width;
    const { x, y, scale } = this.#placement;
    return {
      y: ((event.clientY - rect.top) * ratio - y) / scale,
      x: ((event.clientX - rect.left) * ratio - x) / scale,
    };
  }

  #down = (event: PointerEvent): void => {
    const { x } = this.#pixel(event);
    const edge = wipe.value * (plan.value?.width ?? 1);
    const near = (12 * (devicePixelRatio || 1)) / this.#placement.scale;
    const onEdge = wiping.value && Math.abs(x - edge) < near;
    this.#drag = { x: event.clientX, y: event.clientY, wiping: onEdge, moved: false };
    this.#canvas.setPointerCapture(event.pointerId);
  };

  #move = (event: PointerEvent): void => {
    const film = plan.value;
    if (!film) return;
    const at = this.#pixel(event);
    const inside = at.x >= 0 && at.y >= 0 && at.x < film.width && at.y < film.height;
    pointer.value = inside ? at : null;
    const drag = this.#drag;
    if (!drag) return;
    if (drag.wiping) {
      wipe.value = Math.min(1, Math.max(0, at.x / film.width));
      drag.moved = true;
      return;
    }
    const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
    if (!drag.moved && Math.hypot(dx, dy) < 4) return;
    const scale = this.#placement.scale / (devicePixelRatio || 1);
    const [y, x] = centre.value;
    if (zoom.value > 1) {
      centre.value = [clamp01(y - dy / scale / film.height), clamp01(x - dx / scale / film.width)];
    }
    this.#drag = { x: event.clientX, y: event.clientY, wiping: false, moved: true };
  };

  #up = (event: PointerEvent): void => {
    const drag = this.#drag;
    this.#drag = undefined;
    if (!drag || drag.moved) return;
    const { y, x } = this.#pixel(event);
    const unit = pickUnit(y, x, hasMoved(stage.value) ? Math.floor(frame.value) : null);
    if (unit !== undefined) toggleUnit(unit);
  };

  #wheel = (event: WheelEvent): void => {
    const film = plan.value;
    if (!film) return;
    event.preventDefault();
    const before = this.#pixel(event);
    const old = zoom.value;
    zoom.value = Math.min(24, Math.max(1, old * Math.exp(-event.deltaY * 0.002)));
    // What is under the pointer stays there.
    const keep = 1 - old / zoom.value;
    const [y, x] = centre.value;
    centre.value =
      zoom.value === 1
        ? [0.5, 0.5]
        : [
            clamp01(y + (before.y / film.height - y) * keep),
            clamp01(x + (before.x / film.width - x) * keep),
          ];
  };
}

/** Whether the tissue has been moved by then: overlays move along. */
function hasMoved(name: string): boolean {
  const rows = plan.value?.stages ?? [];
  const motion = rows.findIndex(({ kind }) => kind === "brain_motion");
  return motion >= 0 && rows.findIndex((row) => row.name === name) >= motion;
}

const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));
