// Pointer, wheel and fingers on the movie: zoom, pan, the wipe's edge, and clicks.
import { signal } from "@preact/signals";
import { plan } from "../state/live.ts";
import { centre, wipe, zoom } from "../state/view.ts";
import type { Placement } from "./paint.ts";
import { isDivided } from "./second.ts";

/** In pixels of the picture. */
export interface Point {
  readonly y: number;
  readonly x: number;
}

/** Where the mouse is on the picture. */
export const pointer = signal<Point | null>(null);

interface Screen {
  readonly placement: () => Placement;
  readonly click: (at: Point) => void;
}

/** On the page, in its pixels. */
interface Place {
  readonly x: number;
  readonly y: number;
}

// A finger trembles more than a mouse, and covers more.
const STILL = { mouse: 4, touch: 10 };
const EDGE = { mouse: 12, touch: 24 };
const MOST = 24;

export function listen(canvas: HTMLCanvasElement, { placement, click }: Screen): void {
  const down = new Map<number, Place>();
  /** What the present press is; a press with two fingers at any time is a pinch until both are gone. */
  let act: "none" | "press" | "pan" | "wipe" | "pinch" = "none";
  let began: Place = { x: 0, y: 0 };

  const pixelAt = ({ x: left, y: top }: Place): Point => {
    const rect = canvas.getBoundingClientRect();
    const ratio = canvas.width / rect.width;
    const { x, y, scale } = placement();
    return {
      y: ((top - rect.top) * ratio - y) / scale,
      x: ((left - rect.left) * ratio - x) / scale,
    };
  };
  const size = (event: PointerEvent, of: typeof STILL) =>
    event.pointerType === "touch" ? of.touch : of.mouse;
  const where = ({ clientX, clientY }: MouseEvent): Place => ({ x: clientX, y: clientY });

  canvas.addEventListener("pointerdown", (event) => {
    const place = where(event);
    down.set(event.pointerId, place);
    canvas.setPointerCapture(event.pointerId);
    if (down.size > 1) {
      act = "pinch";
      return;
    }
    began = place;
    const edge = wipe.value * (plan.value?.width ?? 1);
    const near = (size(event, EDGE) * (devicePixelRatio || 1)) / placement().scale;
    act = isDivided.value && Math.abs(pixelAt(place).x - edge) < near ? "wipe" : "press";
  });

  canvas.addEventListener("pointermove", (event) => {
    const film = plan.value;
    if (!film) return;
    const place = where(event);
    const at = pixelAt(place);
    const inside = at.x >= 0 && at.y >= 0 && at.x < film.width && at.y < film.height;
    pointer.value = inside && event.pointerType !== "touch" ? at : null;
    const before = down.get(event.pointerId);
    if (!before) return;
    if (act === "press" && distance(place, began) >= size(event, STILL)) act = "pan";
    if (act === "wipe") wipe.value = clamp01(at.x / film.width);
    if (act === "pan") pan(before, place);
    if (act === "pinch") {
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        pan(middle(before, other), middle(place, other));
        zoomAt(middle(place, other), distance(place, other) / distance(before, other));
      }
    }
    if (act !== "press") down.set(event.pointerId, place);
  });

  const up = (event: PointerEvent) => {
    down.delete(event.pointerId);
    if (down.size > 0) return;
    if (act === "press" && event.type === "pointerup") click(pixelAt(where(event)));
    act = "none";
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => {
    pointer.value = null;
  });
  canvas.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      zoomAt(where(event), Math.exp(-event.deltaY * 0.002));
    },
    { passive: false },
  );

  function pan(from: Place, to: Place): void {
    const film = plan.value;
    if (!film || zoom.value === 1) return;
    const scale = placement().scale / (devicePixelRatio || 1);
    const [y, x] = centre.value;
    centre.value = [
      clamp01(y - (to.y - from.y) / scale / film.height),
      clamp01(x - (to.x - from.x) / scale / film.width),
    ];
  }

  /** What is under the place stays there. */
  function zoomAt(place: Place, factor: number): void {
    const film = plan.value;
    if (!film || !Number.isFinite(factor)) return;
    const at = pixelAt(place);
    const old = zoom.value;
    zoom.value = Math.min(MOST, Math.max(1, old * factor));
    const keep = 1 - old / zoom.value;
    const [y, x] = centre.value;
    centre.value =
      zoom.value === 1
        ? [0.5, 0.5]
        : [
            clamp01(y + (at.y / film.height - y) * keep),
            clamp01(x + (at.x / film.width - x) * keep),
          ];
  }
}

const distance = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);
const middle = (a: Place, b: Place): Place => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
const clamp01 = (value: number): number => Math.min(1, Math.max(0, value));
