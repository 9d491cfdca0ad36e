// Seeds of cells over peak-to-noise ratio and local correlation, with the two thresholds of CNMF-E, and which of them lie on a cell.
import { signal, useSignalEffect } from "@preact/signals";
import { restartable, wasEnded } from "../engine/restartable.ts";
import { type Candidates, chosen } from "../examine/chosen.ts";
import type { ExamineApi } from "../examine/worker.ts";
import { plan, scene } from "../state/live.ts";

const found = signal<{ readonly plan: number; readonly candidates: Candidates } | null>(null);
const share = signal(0);
const leastPnr = signal(5);
const leastCorrelation = signal(0.3);
const worker = restartable<ExamineApi>(
  () =>
    new Worker(new URL("../examine/worker.ts", import.meta.url), { type: "module", name: "seeds" }),
  (event) => {
    share.value = (event as { readonly share: number }).share;
  },
);
let timer = 0;

const [WIDTH, HEIGHT] = [330, 170];
const PNR = [2, 40] as const;

export function CandidatesPanel() {
  useSignalEffect(() => {
    const number = scene.value?.plan;
    const film = plan.peek();
    clearTimeout(timer);
    if (number === undefined || film?.number !== number) return;
    if (found.peek()?.plan === number) return;
    timer = window.setTimeout(async () => {
      worker.restart();
      share.value = 0;
      try {
        const candidates = await worker.call.candidates(film.window.spec);
        found.value = { plan: number, candidates };
      } catch (error) {
        if (!wasEnded(error)) throw error;
      }
    }, 400);
  });
  const now = found.value;
  const fresh = now?.plan === scene.value?.plan;
  const percent = `${(100 * share.value).toFixed(0)} %`;
  if (!now) return <p class="hint">Looking for seeds … {percent}</p>;
  const {
    seeds,
    onCells,
    found: cells,
    detectable,
  } = chosen(now.candidates, leastPnr.value, leastCorrelation.value);
  const { pnr, correlation, cell, detectable: known } = now.candidates;
  const x = (value: number) =>
    (Math.log(Math.min(PNR[1], Math.max(PNR[0], value)) / PNR[0]) / Math.log(PNR[1] / PNR[0])) *
    WIDTH;
  const y = (value: number) => HEIGHT * (1 - Math.max(0, value));
  return (
    <section class="panel candidates" data-test="candidates">
      <h2>
        Seeds <span>{fresh ? "in the preview" : `anew … ${percent}`}</span>
      </h2>
      <svg
        viewBox={`-22 -4 ${WIDTH + 30} ${HEIGHT + 32}`}
        role="img"
        aria-label={`${seeds} seeds above both thresholds, ${onCells} of them on cells`}
      >
        <rect class="ground" width={WIDTH} height={HEIGHT} />
        <rect
          class="taken"
          x={x(leastPnr.value)}
          width={Math.max(0, WIDTH - x(leastPnr.value))}
          height={Math.max(0, y(leastCorrelation.value))}
        />
        {[...pnr.keys()].map((i) => (
          <circle
            key={i}
            class={cell[i]! < 0 ? "nothing" : known[cell[i]!] ? "seen" : "dim"}
            cx={x(pnr[i]!)}
            cy={y(correlation[i]!)}
            r={cell[i]! < 0 ? 1.4 : 2.6}
          />
        ))}
        {[2, 5, 10, 20, 40].map((value) => (
          <text key={value} x={x(value)} y={HEIGHT + 12} text-anchor="middle">
            {value}
          </text>
        ))}
        {[0, 0.5, 1].map((value) => (
          <text key={value} x="-4" y={y(value) + 4} text-anchor="end">
            {value}
          </text>
        ))}
        <text x={WIDTH / 2} y={HEIGHT + 25} text-anchor="middle">
          peak to noise; upwards: correlation with the neighbours
        </text>
      </svg>
      <p class="legend">
        <span class="k">on a detectable cell</span>
        <span class="d">on a dim one</span>
        <span class="n">on none</span>
      </p>
      <Threshold name="least peak to noise" of={leastPnr} max={20} step={0.5} />
      <Threshold name="least correlation" of={leastCorrelation} max={1} step={0.05} />
      <p role="status" data-test="chosen">
        <b>{seeds}</b> seeds, <b>{onCells}</b> of them on cells; <b>{cells}</b> of {detectable}{" "}
        detectable cells have one.
      </p>
    </section>
  );
}

interface ThresholdProps {
  readonly name: string;
  readonly of: typeof leastPnr;
  readonly max: number;
  readonly step: number;
}

function Threshold({ name, of, max, step }: ThresholdProps) {
  return (
    <div class="threshold">
      <span>{name}</span>
      <span>{of.value}</span>
      <input
        type="range"
        min="0"
        max={max}
        step={step}
        value={of.value}
        aria-label={name}
        onInput={(event) => {
          of.value = Number(event.currentTarget.value);
        }}
      />
    </div>
  );
}
