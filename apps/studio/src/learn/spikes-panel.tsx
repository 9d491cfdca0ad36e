// Spikes that are deconvolved from what regions read, beside the true ones, in bins of several lengths.
import { effect, signal } from "@preact/signals";
import { correlation } from "../engine/correlation.ts";
import { binned, deconvolve } from "../engine/deconvolve.ts";
import { knobOf } from "../panels/knob.tsx";
import { plan } from "../state/live.ts";
import { at } from "../state/paths.ts";
import { draft } from "../state/spec.ts";
import { shownTraces, Traces } from "../view/traces.tsx";

const BINS_S = [0.1, 0.2, 0.5, 1];

interface Row {
  readonly unit: number;
  readonly spikes: number;
  /** Null where a bin is shorter than a frame. */
  readonly r: readonly (number | null)[];
}
const rows = signal<readonly Row[]>([]);

effect(() => {
  const shown = shownTraces.value;
  const film = plan.value;
  if (!shown || film?.number !== shown.plan) return;
  const decay_s = Number(
    at(draft.peek(), knobOf("cell_activity", "tau_decay_s")?.path ?? ["none"]),
  );
  const decay = Math.exp(-1 / film.fps / (decay_s > 0 ? decay_s : 0.35));
  rows.value = shown.traces.map(({ unit, roi, spikeTimes }) => {
    const found = deconvolve(roi, decay);
    const truth = new Float64Array(found.length);
    for (const time of spikeTimes) {
      const frame = Math.floor(time * film.fps);
      if (frame < truth.length) truth[frame]! += 1;
    }
    const r = BINS_S.map((bin) =>
      bin * film.fps < 0.999
        ? null
        : correlation(binned(found, film.fps, bin), binned(truth, film.fps, bin)),
    );
    return { unit, spikes: spikeTimes.length, r };
  });
});

export function SpikesPanel() {
  return (
    <>
      <section class="panel" data-test="spikes">
        <h2>
          Spikes of the region’s trace <span>correlation with the true ones</span>
        </h2>
        <table>
          <thead>
            <tr>
              <th scope="col">cell</th>
              <th scope="col">spikes</th>
              {BINS_S.map((bin) => (
                <th scope="col" key={bin}>
                  {bin} s
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.value.map(({ unit, spikes, r }) => (
              <tr key={unit}>
                <th scope="row">{unit}</th>
                <td>{spikes}</td>
                {r.map((value, i) => (
                  <td key={BINS_S[i]}>{value === null ? "–" : value.toFixed(2)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <Traces />
    </>
  );
}
