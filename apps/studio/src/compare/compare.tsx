// Two specs: their counts, the differences, what was changed, and the same under several seeds.
import type { Census } from "../engine/census.ts";
import { draft } from "../state/spec.ts";
import { differences } from "./differences.ts";
import {
  counting,
  countSeeds,
  pairs,
  pairsOf,
  plansNow,
  SEEDS,
  spreadOf,
  stopSeeds,
} from "./over-seeds.ts";
import {
  countsNow,
  pin,
  pinned,
  pinnedCounts,
  pinnedFailure,
  pinnedFilm,
  swap,
  unpin,
} from "./pinned.ts";

const MOST = 8;

export function Compare() {
  const kept = pinned.value;
  const now = countsNow();
  if (!kept || !draft.value) {
    return (
      <section class="panel compare">
        <h2>
          Compare
          <span class="grow" />
          <button type="button" class="quiet" data-test="pin" disabled={!now.window} onClick={pin}>
            Pin this spec
          </button>
        </h2>
        <p class="hint">
          Pin it, change something, and see what the change did: same cells, same noise.
        </p>
      </section>
    );
  }
  const changes = differences(kept.spec, draft.value);
  return (
    <section class="panel compare" data-test="compare">
      <h2>
        Compare
        <span class="grow" />
        <button type="button" class="quiet" data-test="swap" onClick={swap}>
          Swap
        </button>
        <button type="button" class="quiet" data-test="unpin" onClick={unpin}>
          Unpin
        </button>
      </h2>
      {pinnedFailure.value && <p class="problem">{pinnedFailure.value}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">detectable</th>
            <th scope="col">pinned</th>
            <th scope="col">now</th>
            <th scope="col">difference</th>
          </tr>
        </thead>
        <tbody>
          <Row name="window" before={pinnedCounts.value.window} after={now.window} />
          <Row name="recording" before={pinnedCounts.value.recording} after={now.recording} />
        </tbody>
      </table>
      <ul data-test="changes">
        {changes.length === 0 && <li>Nothing is changed.</li>}
        {changes.slice(0, MOST).map(({ place, before, after }) => (
          <li key={place}>
            {place} <b>{before}</b> → <b>{after}</b>
          </li>
        ))}
        {changes.length > MOST && <li>and {changes.length - MOST} more</li>}
      </ul>
      <OverSeeds />
    </section>
  );
}

interface RowProps {
  readonly name: string;
  readonly before: Census | null;
  readonly after: Census | null;
}

function Row({ name, before, after }: RowProps) {
  const by = before && after ? after.detectableCount - before.detectableCount : null;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{toldOf(before)}</td>
      <td>{toldOf(after)}</td>
      <td data-test={`difference-${name}`}>{by === null ? "–" : signed(by)}</td>
    </tr>
  );
}

const toldOf = (census: Census | null): string =>
  census ? `${census.detectableCount} of ${census.inView}` : "–";

const signed = (by: number): string => (by > 0 ? `+${by}` : `${by}`);

function OverSeeds() {
  const rows = pairsOf.value === plansNow() ? pairs.value : [];
  const done = counting.value;
  return (
    <div data-test="over-seeds">
      <p class="places">
        {done === null ? (
          <button
            type="button"
            class="quiet"
            data-test="count-seeds"
            disabled={!pinnedFilm.value}
            onClick={() => void countSeeds()}
          >
            Under {SEEDS} seeds
          </button>
        ) : (
          <>
            <progress max={2 * SEEDS} value={done} aria-label="Counting under several seeds" />
            <button type="button" class="quiet" data-test="stop-seeds" onClick={stopSeeds}>
              Stop
            </button>
          </>
        )}
      </p>
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">seed</th>
              <th scope="col">pinned</th>
              <th scope="col">now</th>
              <th scope="col">difference</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ seed, pinned: before, now }) => (
              <tr key={seed}>
                <th scope="row">{seed}</th>
                <td>{before}</td>
                <td>{now}</td>
                <td>{signed(now - before)}</td>
              </tr>
            ))}
            <tr class="total" title="mean ± standard deviation">
              <th scope="row">mean</th>
              <td>{spreadText(rows.map((row) => row.pinned))}</td>
              <td>{spreadText(rows.map((row) => row.now))}</td>
              <td data-test="paired">{spreadText(rows.map((row) => row.now - row.pinned))}</td>
            </tr>
          </tbody>
        </table>
      )}
      {rows.length > 1 && (
        <p class="hint">
          Each seed plants the same cells and draws the same noise in both: read the spread of the
          difference, not that of the counts.
        </p>
      )}
    </div>
  );
}

function spreadText(values: readonly number[]): string {
  const { mean, sd } = spreadOf(values);
  return `${mean.toFixed(1)}${sd === null ? "" : ` ± ${sd.toFixed(1)}`}`;
}
