// Two specs side by side: their counts, the differences, and what was changed.
import type { Census } from "../engine/census.ts";
import { draft } from "../state/spec.ts";
import { differences } from "./differences.ts";
import { countsNow, pin, pinned, swap } from "./pinned.ts";

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
        <button
          type="button"
          class="quiet"
          onClick={() => {
            pinned.value = null;
          }}
        >
          Unpin
        </button>
      </h2>
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
          <Row name="window" before={kept.counts.window} after={now.window} />
          <Row name="recording" before={kept.counts.recording} after={now.recording} />
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
      <td data-test={`difference-${name}`}>{by === null ? "–" : by > 0 ? `+${by}` : `${by}`}</td>
    </tr>
  );
}

const toldOf = (census: Census | null): string =>
  census ? `${census.detectableCount} of ${census.inView}` : "–";
