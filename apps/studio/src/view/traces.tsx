// Traces of the chosen cells: true calcium, spikes, and what a region of interest on the stage shown would read.
import { orderStatistic } from "@minisim/kernels/statistics";
import { effect, signal } from "@preact/signals";
import { simulator } from "../engine/client.ts";
import { correlation } from "../engine/correlation.ts";
import type { UnitTrace } from "../engine/types.ts";
import { judged } from "../state/counted.ts";
import { plan, scene } from "../state/live.ts";
import { frame, selected, stage, toggleUnit } from "../state/view.ts";
import { traceColor } from "./overlays.ts";
import { stageLabel } from "./stage-rail.tsx";

interface Shown {
  readonly plan: number;
  readonly stage: string;
  readonly traces: readonly UnitTrace[];
}
export const shownTraces = signal<Shown | null>(null);

let timer = 0;
effect(() => {
  const now = scene.value?.plan;
  const units = selected.value.filter((unit) => unit < (scene.value?.inView ?? 0));
  const name = stage.value;
  clearTimeout(timer);
  if (now === undefined || units.length === 0) {
    shownTraces.value = null;
    return;
  }
  // A dragged slider makes many plans; traces are for the one it rests on.
  timer = window.setTimeout(() => void ask(now, name, units), 150);
});

async function ask(number: number, name: string, units: readonly number[]): Promise<void> {
  if (plan.value?.number !== number) return;
  const traces = await simulator.traces(number, name, units).catch(() => null);
  if (traces) shownTraces.value = { plan: number, stage: name, traces };
}

const WIDTH = 280;
/** Of the traces, and of the axis of time below them. */
const HEIGHT = 46;
const AXIS = 12;

export function Traces() {
  const shown = shownTraces.value;
  const film = plan.value;
  const known = judged.value;
  const seconds = film ? film.frames / film.fps : 1;
  return (
    <section class="panel traces" data-test="traces">
      <h2>Traces</h2>
      <CellSelect />
      {shown?.traces.map((trace) => {
        const place = selected.value.indexOf(trace.unit);
        if (place < 0 || !film) return null;
        const r = correlation(trace.calcium, trace.roi);
        return (
          <figure key={trace.unit}>
            <figcaption>
              <i style={{ background: traceColor(place) }} />
              cell {trace.unit}
              <span>
                {depthOf(trace.unit)} µm · d′ {known?.dprime[trace.unit]?.toFixed(0) ?? "–"} · ROI r{" "}
                {r.toFixed(2)}
              </span>
              <button
                type="button"
                aria-label={`Remove cell ${trace.unit}`}
                onClick={() => toggleUnit(trace.unit)}
              >
                ×
              </button>
            </figcaption>
            <div class="plot">
              <svg
                viewBox={`0 0 ${WIDTH} ${HEIGHT + AXIS}`}
                role="img"
                aria-label={`Traces of cell ${trace.unit} over ${seconds.toFixed(0)} s: calcium up to ${largestChange(trace.calcium)} ΔF/F, its region up to ${largestChange(trace.roi)}`}
              >
                <Axes seconds={seconds} trace={trace} color={traceColor(place)} />
                <path class="roi" d={pathOf(trace.roi)} />
                <path
                  class="calcium"
                  d={pathOf(trace.calcium)}
                  style={{ stroke: traceColor(place) }}
                />
                {[...trace.spikeTimes].map((time) => (
                  <line
                    key={time}
                    class="spike"
                    x1={(time / seconds) * WIDTH}
                    x2={(time / seconds) * WIDTH}
                    y1={HEIGHT - 5}
                    y2={HEIGHT}
                  />
                ))}
              </svg>
              <Cursor />
            </div>
          </figure>
        );
      })}
      {shown && (
        <p class="legend">
          <span class="c">calcium</span>
          <span class="r">ROI after {stageLabel(shown.stage)}</span>
          <span class="s">spikes</span>
        </p>
      )}
    </section>
  );
}

/** The way to a cell without a pointer: those that stand out most come first. */
function CellSelect() {
  const info = scene.value;
  const known = judged.value;
  if (!info || info.inView === 0) return <p class="hint">There are no cells in view.</p>;
  const units = [...Array(info.inView).keys()];
  if (known) units.sort((a, b) => known.snr[b]! - known.snr[a]!);
  return (
    <label class="cell-select">
      Click a cell in the movie, or
      <select
        data-test="cells"
        value=""
        onChange={(event) => {
          const unit = Number(event.currentTarget.value);
          if (!selected.value.includes(unit)) toggleUnit(unit);
          event.currentTarget.value = "";
        }}
      >
        <option value="">choose one</option>
        {units.map((unit) => (
          <option key={unit} value={unit}>
            cell {unit}, {depthOf(unit)} µm
            {known && `, SNR ${known.snr[unit]!.toFixed(1)}`}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Time in s; the height of each trace as ΔF/F, the calcium's left, the region's right. */
function Axes({
  seconds,
  trace,
  color,
}: {
  readonly seconds: number;
  readonly trace: UnitTrace;
  readonly color: string;
}) {
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return (
    <g class="axes">
      <line x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      {ticks.map((share) => (
        <text
          key={share}
          x={share * WIDTH}
          y={HEIGHT + AXIS - 2}
          text-anchor={share === 0 ? "start" : share === 1 ? "end" : "middle"}
        >
          {Number((share * seconds).toPrecision(3))}
          {share === 1 && " s"}
        </text>
      ))}
      <text x="2" y="8" style={{ fill: color }}>
        {largestChange(trace.calcium)} ΔF/F
      </text>
      <text x={WIDTH - 2} y="8" text-anchor="end">
        ROI {largestChange(trace.roi)}
      </text>
    </g>
  );
}

/** The highest value over the tenth percentile, less 1. */
function largestChange(values: Float64Array): string {
  const sorted = values.slice().sort();
  const base = orderStatistic(sorted, 0.1);
  const change = base > 0 ? sorted.at(-1)! / base - 1 : Number.NaN;
  return Number.isFinite(change) ? `${Number(change.toPrecision(2))}` : "–";
}

/** Where the movie is: a layer of its own, so that the traces are not drawn again with every frame. */
function Cursor() {
  const share = Math.floor(frame.value) / (plan.value?.frames ?? 1);
  return <div class="cursor" style={{ transform: `translateX(${(100 * share).toFixed(2)}%)` }} />;
}

const depthOf = (unit: number): string => (scene.value?.centersUm[3 * unit] ?? 0).toFixed(0);

/** Each trace on its own scale: shapes are compared, not units. */
function pathOf(values: Float64Array): string {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const span = high - low || 1;
  const top = HEIGHT - 8;
  return values.reduce((path, value, t) => {
    const x = ((t + 0.5) / values.length) * WIDTH;
    const y = top - ((value - low) / span) * (top - 2) + 1;
    return `${path}${t === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`;
  }, "");
}
