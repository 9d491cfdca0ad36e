// How well regions and demixing recover the true calcium on the stage that is shown, over all cells in view.
import { orderStatistic } from "@minisim/kernels/statistics";
import { demixed, simulator } from "../engine/client.ts";
import type { DemixReport } from "../engine/demix.ts";
import { stageLabel } from "../view/stage-rail.tsx";
import { anew } from "./anew.ts";

const { report, working, use } = anew<DemixReport>((...of) => simulator.demix(...of));

export function DemixPanel() {
  use();
  const now = report.value;
  const percent = `${(100 * demixed.value).toFixed(0)} %`;
  if (!now) return <p class="hint">Solving for all cells … {percent}</p>;
  return (
    <section class={`panel demix${working.value ? " working" : ""}`} data-test="demix">
      {working.value && <p class="hint">Solving for all cells anew … {percent}</p>}
      <h2>
        Correlation with the true calcium <span>after {stageLabel(now.stage)}</span>
      </h2>
      <Spread name="ROI mean" values={now.roi} kind="roi" />
      <Spread name="demixed" values={now.demixed} kind="demixed" />
      <div class="spread-axis">
        <span>0</span>
        <span>0.5</span>
        <span>1</span>
      </div>
      <h2>
        Two different cells, on average <span>{now.roi.length} cells</span>
      </h2>
      <dl class="facts">
        <Pair name="true calcium" value={now.pairs.truth} />
        <Pair name="ROI means" value={now.pairs.roi} />
        <Pair name="demixed" value={now.pairs.demixed} />
      </dl>
    </section>
  );
}

const WIDTH = 240;

/** One tick a cell, and the median as a bar. */
function Spread({
  name,
  values,
  kind,
}: {
  readonly name: string;
  readonly values: Float64Array;
  readonly kind: string;
}) {
  const sorted = Float64Array.from(values).sort();
  const median = sorted.length === 0 ? 0 : orderStatistic(sorted, 0.5);
  const x = (value: number) => Math.max(0, value) * WIDTH;
  return (
    <div class={`spread ${kind}`}>
      <span>{name}</span>
      <svg
        viewBox={`0 0 ${WIDTH} 18`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${name}: median ${median.toFixed(2)}`}
      >
        <rect class="ground" width={WIDTH} height="18" />
        {[...sorted].map((value, i) => (
          <line key={i} x1={x(value)} x2={x(value)} y1="3" y2="15" />
        ))}
        <rect class="median" x={x(median) - 1} width="2" height="18" />
      </svg>
      <b>{median.toFixed(2)}</b>
    </div>
  );
}

function Pair({ name, value }: { readonly name: string; readonly value: number }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value.toFixed(3)} <span>mean r</span>
      </dd>
    </div>
  );
}
