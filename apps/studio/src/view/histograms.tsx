// How the cells in view are spread over detection SNR (logarithmic) and depth; detectable ones stand out.
import { DETECTABLE_SNR } from "@minisim/sensor";
import type { SceneInfo } from "../engine/types.ts";
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
  const measured = known !== null && Number.isFinite(known.snr[0]);
  const [top, bottom] = depthSpan(info);
  return (
    <section class="panel">
      {measured && (
        <>
          <h2>
            Detection SNR <span>peak ΔF over the noise</span>
          </h2>
          <Bars
            info={info}
            value={(unit) => Math.log10(Math.max(0.1, known.snr[unit]!))}
            span={[-1, 2]}
            mark={Math.log10(DETECTABLE_SNR)}
            labels={["0.1", "1", "10", "100"]}
          />
        </>
      )}
      <h2>
        Depth <span>of cells in view</span>
      </h2>
      <Bars
        info={info}
        value={(unit) => info.centersUm[3 * unit]!}
        span={[top, Math.max(bottom, top + 1)]}
        mark={info.focalDepthUm}
        labels={[`${top.toFixed(0)} µm`, `${bottom.toFixed(0)} µm`]}
      />
    </section>
  );
}

interface BarsProps {
  readonly info: SceneInfo;
  readonly value: (unit: number) => number;
  readonly span: readonly [number, number];
  readonly mark: number | null;
  readonly labels: readonly string[];
}

function Bars({ info, value, span: [low, high], mark, labels }: BarsProps) {
  const seen = new Float64Array(BINS);
  const hidden = new Float64Array(BINS);
  for (let unit = 0; unit < info.inView; unit++) {
    const share = (value(unit) - low) / (high - low);
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(share * BINS)));
    (judged.value?.detectable[unit] ? seen : hidden)[bin]! += 1;
  }
  const most = Math.max(1, ...seen.map((count, i) => count + hidden[i]!));
  const step = WIDTH / BINS;
  const at = mark === null ? null : ((mark - low) / (high - low)) * WIDTH;
  const bar = (counts: Float64Array, below: Float64Array | null, kind: string) =>
    [...counts].map((count, i) => {
      const height = (count / most) * (HEIGHT - 4);
      const base = below ? (below[i]! / most) * (HEIGHT - 4) : 0;
      return (
        count > 0 && (
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
