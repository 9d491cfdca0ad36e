// How the cells in view are spread over detection SNR (logarithmic) and depth; detectable ones stand out.
import { DETECTABLE_DPRIME } from "../engine/limits.ts";
import { judged } from "../state/counted.ts";
import { scene } from "../state/live.ts";
import { depthSpan } from "./palette.ts";

const WIDTH = 280;
const HEIGHT = 54;
const BINS = 28;

export function Histograms() {
  const info = scene.value;
  if (!info || info.inView === 0) return null;
  const known = judged.value;
  // Where there is no sensor there is no d′; until it is counted, an empty plot holds its place.
  const hasSensor = !known || known.dprime.some(Number.isFinite);
  const [top, bottom] = depthSpan(info);
  return (
    <section class="panel">
      {hasSensor && (
        <>
          <h2>
            Detectability d′ <span>of the largest transient</span>
          </h2>
          <Bars
            count={known ? info.inView : 0}
            value={(unit) => Math.log10(Math.max(1, known?.dprime[unit] ?? 0))}
            span={[0, 3]}
            mark={Math.log10(DETECTABLE_DPRIME)}
            labels={["≤ 1", "10", "100", "≥ 1000"]}
          />
        </>
      )}
      <h2>
        Depth <span>of cells in view</span>
      </h2>
      <Bars
        count={info.inView}
        value={(unit) => info.centersUm[3 * unit]!}
        span={[top, Math.max(bottom, top + 1)]}
        mark={info.focalDepthUm}
        labels={[`${top.toFixed(0)} µm`, `${bottom.toFixed(0)} µm`]}
      />
    </section>
  );
}

interface BarsProps {
  /** Units, from the first on. */
  readonly count: number;
  readonly value: (unit: number) => number;
  readonly span: readonly [number, number];
  readonly mark: number | null;
  readonly labels: readonly string[];
}

function Bars({ count, value, span: [low, high], mark, labels }: BarsProps) {
  const seen = new Float64Array(BINS);
  const hidden = new Float64Array(BINS);
  for (let unit = 0; unit < count; unit++) {
    const share = (value(unit) - low) / (high - low);
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(share * BINS)));
    (judged.value?.detectable[unit] ? seen : hidden)[bin]! += 1;
  }
  const most = Math.max(1, ...seen.map((number, i) => number + hidden[i]!));
  const step = WIDTH / BINS;
  const at = mark === null ? null : ((mark - low) / (high - low)) * WIDTH;
  const bar = (counts: Float64Array, below: Float64Array | null, kind: string) =>
    [...counts].map((number, i) => {
      const height = (number / most) * (HEIGHT - 4);
      const base = below ? (below[i]! / most) * (HEIGHT - 4) : 0;
      return (
        number > 0 && (
          <rect
            key={`${kind}${i}`}
            class={kind}
            x={i * step + 0.5}
            width={step - 1}
            y={HEIGHT - base - height}
            height={height}
          />
        )
      );
    });
  return (
    <svg class="bars" viewBox={`0 0 ${WIDTH} ${HEIGHT + 13}`} role="img" aria-label="Histogram">
      <line class="axis" x1="0" x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      {bar(seen, null, "seen")}
      {bar(hidden, seen, "hidden")}
      {at !== null && at >= 0 && at <= WIDTH && (
        <line class="mark" x1={at} x2={at} y1="0" y2={HEIGHT} />
      )}
      {labels.map((label, i) => (
        <text
          key={label}
          x={(i / (labels.length - 1)) * WIDTH}
          y={HEIGHT + 11}
          text-anchor={i === 0 ? "start" : i === labels.length - 1 ? "end" : "middle"}
        >
          {label}
        </text>
      ))}
    </svg>
  );
}
