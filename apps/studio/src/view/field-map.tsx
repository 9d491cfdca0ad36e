// Where the window is in the field: drag it, or move it with the arrow keys. In the middle it is a quick sample; moved, it is cut
// out of the recording.
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { limitsOf, type Place } from "../engine/window-limits.ts";
import { isWhole } from "../state/counted.ts";
import { expected, limits, plan } from "../state/live.ts";
import { secondsText } from "../ui/wait.tsx";

const STEP = 0.1;
const KEYS: Readonly<Record<string, Place>> = {
  ArrowUp: [-STEP, 0],
  ArrowDown: [STEP, 0],
  ArrowLeft: [0, -STEP],
  ArrowRight: [0, STEP],
};

export function FieldMap() {
  const map = useRef<SVGSVGElement>(null);
  /** While it is dragged. */
  const held = useSignal<Place | null>(null);
  const film = plan.value;
  if (!film || isWhole.value) return null;
  const { shown, recorded, sensor, redrawn } = film.window;
  const half = [shown.height / recorded.height / 2, shown.width / recorded.width / 2] as const;
  const inside = ([y, x]: Place): Place => [
    Math.min(1 - half[0], Math.max(half[0], y)),
    Math.min(1 - half[1], Math.max(half[1], x)),
  ];
  const now: Place = held.value ?? [
    (shown.top - recorded.top) / recorded.height + half[0],
    (shown.left - recorded.left) / recorded.width + half[1],
  ];
  const move = (place: Place | null) => {
    limits.value = limitsOf(limits.value.side, place && inside(place));
  };
  const placeAt = ({ clientX, clientY }: PointerEvent): Place => {
    const box = map.current!.getBoundingClientRect();
    const y = ((clientY - box.top) / box.height) * sensor.height - recorded.top;
    const x = ((clientX - box.left) / box.width) * sensor.width - recorded.left;
    return inside([y / recorded.height, x / recorded.width]);
  };
  const drop = () => {
    if (held.value) move(held.value);
    held.value = null;
  };
  return (
    <section class="panel field-map">
      <h2>
        Window <span>{redrawn ? "a sample of the middle" : "a part of the recording"}</span>
      </h2>
      <div>
        <button
          type="button"
          class="map"
          data-test="map"
          aria-label="Where the window is in the field; arrow keys move it"
          onKeyDown={(event) => {
            const by = KEYS[event.key];
            if (!by) return;
            event.preventDefault();
            event.stopPropagation();
            move([now[0] + by[0], now[1] + by[1]]);
          }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            held.value = placeAt(event);
          }}
          onPointerMove={(event) => {
            if (held.value) held.value = placeAt(event);
          }}
          onPointerUp={drop}
          onPointerCancel={() => {
            held.value = null;
          }}
        >
          <svg ref={map} viewBox={`0 0 ${sensor.width} ${sensor.height}`} aria-hidden="true">
            <rect class="sensor" width={sensor.width} height={sensor.height} />
            <rect
              class="recorded"
              x={recorded.left}
              y={recorded.top}
              width={recorded.width}
              height={recorded.height}
            />
            <rect
              class={redrawn && !held.value ? "shown sample" : "shown"}
              x={recorded.left + now[1] * recorded.width - shown.width / 2}
              y={recorded.top + now[0] * recorded.height - shown.height / 2}
              width={shown.width}
              height={shown.height}
            />
          </svg>
        </button>
        <div class="places">
          <button
            type="button"
            aria-pressed={limits.value.place === null}
            onClick={() => move(null)}
          >
            Quick sample
          </button>
          <button type="button" data-test="centre" onClick={() => move([0.5, 0.5])}>
            Centre
          </button>
          <button type="button" data-test="edge" onClick={() => move([0.5, 1])}>
            Edge
          </button>
        </div>
        <p class="hint">
          {redrawn
            ? `Drag it: moved, it shows the recording’s own cells${waitText()}.`
            : "These are the recording’s own cells."}
        </p>
      </div>
    </section>
  );
}

function waitText(): string {
  const seconds = expected.value?.whole.compile_s;
  return seconds === undefined ? "" : `, in about ${secondsText(seconds)}`;
}
