// The same experiment under several seeds: what moves although nothing of interest has changed.
import { signal, useSignalEffect } from "@preact/signals";
import { windowCount } from "../state/counted.ts";
import { plan } from "../state/live.ts";
import { at } from "../state/paths.ts";
import { draft, edit } from "../state/spec.ts";

interface Row {
  readonly seed: number;
  readonly na: number;
  readonly inView: number;
  readonly detectable: number;
}
const rows = signal<readonly Row[]>([]);

export function SeedsPanel() {
  useSignalEffect(() => {
    const known = windowCount.value;
    const film = plan.value;
    if (!known || known.plan !== film?.number) return;
    const { seed, acquisition } = film.window.spec;
    const row = {
      seed,
      na: acquisition.optics.na,
      inView: known.census.inView,
      detectable: known.census.detectableCount,
    };
    const others = rows.peek().filter((old) => old.seed !== row.seed || old.na !== row.na);
    rows.value = [...others, row].slice(-8);
  });
  const seed = Number(at(draft.value, ["seed"]));
  return (
    <section class="panel" data-test="seeds">
      <h2>
        Detectable cells
        <span class="grow" />
        <button type="button" class="quiet" onClick={() => edit(["seed"], seed + 1)}>
          Next seed
        </button>
      </h2>
      <table>
        <thead>
          <tr>
            <th>seed</th>
            <th>NA</th>
            <th>in view</th>
            <th>detectable</th>
            <th>share</th>
          </tr>
        </thead>
        <tbody>
          {rows.value.map((row) => (
            <tr key={`${row.seed} ${row.na}`}>
              <td>{row.seed}</td>
              <td>{row.na}</td>
              <td>{row.inView}</td>
              <td>{row.detectable}</td>
              <td>{((100 * row.detectable) / Math.max(1, row.inView)).toFixed(0)} %</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
