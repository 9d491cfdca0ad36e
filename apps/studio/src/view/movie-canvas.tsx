// The movie: the canvas and what stands over it.
import { useEffect, useRef } from "preact/hooks";
import type { Frame } from "../state/frames.ts";
import { plan } from "../state/live.ts";
import { movieStages, otherStage, stage, wiping, zoom } from "../state/view.ts";
import { zoomBy } from "../ui/keys.ts";
import { pointer } from "./gestures.ts";
import { Screen, shownFrame, wipeX } from "./screen.ts";
import { hiddenOf, isBeside, isDivided, second } from "./second.ts";
import { stageLabel } from "./stage-rail.tsx";

export function MovieCanvas() {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const screen = new Screen(box.current!, canvas.current!);
    return () => screen.stop();
  }, []);
  return (
    <div class={`screen${isBeside.value ? " beside" : ""}`} ref={box}>
      <canvas
        ref={canvas}
        id="movie"
        tabIndex={-1}
        data-test="movie"
        aria-label="The movie; click a cell to see its traces, or choose it under Traces"
        role="img"
        style={{ touchAction: zoom.value === 1 ? "pan-y" : "none" }}
      />
      <Tags />
      {plan.value && movieStages.value.length === 0 && (
        <p class="nothing" data-test="nothing">
          No step that is on makes light: there is nothing to see. Turn on <b>composite</b> for the
          cells, or <b>neuropil</b>.
        </p>
      )}
      <span class="zoom">
        <button type="button" aria-label="Zoom out" onClick={() => zoomBy(1 / 1.5)}>
          −
        </button>
        <output>{zoom.value.toFixed(1)} ×</output>
        <button type="button" aria-label="Zoom in" onClick={() => zoomBy(1.5)}>
          +
        </button>
      </span>
      <ReadOut />
    </div>
  );
}

/** What is left and what is right. */
function Tags() {
  const beside = second.value;
  if (!beside && !wiping.value) return null;
  const [left, right] = beside
    ? [beside.title, beside.mainTitle]
    : [stageLabel(otherStage.value), stageLabel(stage.value)];
  const line = isDivided.value ? wipeX.value : "50%";
  const hidden = hiddenOf();
  return (
    <>
      {hidden !== "second" && (
        <span class="tag left" style={{ right: `calc(100% - ${line} + 8px)` }}>
          {left}
        </span>
      )}
      {hidden !== "main" && (
        <span class="tag right" style={{ left: `calc(${line} + 8px)` }}>
          {right}
        </span>
      )}
    </>
  );
}

function ReadOut() {
  const at = pointer.value;
  const shown = at && plan.value && shownFrame.value;
  if (!shown) return null;
  return (
    <output class="readout">
      y {Math.floor(at.y)} · x {Math.floor(at.x)} px · {valueAt(shown, at.y, at.x)}
    </output>
  );
}

function valueAt(shown: Frame, y: number, x: number): string {
  const width = plan.value?.width ?? 0;
  const value = shown.data[Math.floor(y) * width + Math.floor(x)];
  if (value === undefined) return "";
  const counts = !(shown.data instanceof Float32Array);
  return counts ? `${value} counts` : `${value.toPrecision(4)} light`;
}
