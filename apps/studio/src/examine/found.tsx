// What would be found: pipelines of our own, and results of others, held against the truth.
import { plan } from "../state/live.ts";
import { FileButtons } from "./file-buttons.tsx";
import { Legend } from "./legend.tsx";
import {
  drawn,
  judgements,
  opened,
  progress,
  runPipeline,
  savePreview,
  scoreResults,
} from "./session.ts";
import { Working } from "./working.tsx";

const NAMES: Readonly<Record<string, string>> = {
  roi: "naive pipeline",
  oracle: "ceiling, solved",
};
const nameOf = (name: string): string => NAMES[name] ?? name;
const share = (value: number | null): string => (value === null ? "–" : value.toFixed(2));

export function Found() {
  const film = plan.value;
  if (!film) return null;
  const movie = opened.value;
  const ofStore = movie?.hasTruth === true;
  const at = ofStore ? movie.number : film.number;
  const isBusy = progress.value !== null;
  const rows = judgements.value;
  const stale = rows.length > 0 && rows[0]!.of !== at;
  return (
    <section class="panel examine" data-test="found">
      <h2>
        What would be found <span>{ofStore ? `in ${movie.name}` : "in the preview"}</span>
      </h2>
      <p class="places">
        <button
          type="button"
          class="quiet"
          data-test="run-roi"
          disabled={isBusy}
          title="Peaks over noise, a region around each, its mean: no motion correction, no demixing"
          onClick={() => void runPipeline("roi")}
        >
          Naive pipeline
        </button>
        <button
          type="button"
          class="quiet"
          data-test="run-oracle"
          disabled={isBusy}
          title="Demixed with the true footprints, the true motion and the true background: its traces are the best there can be. It takes minutes; what it will come to is predicted beside the naive pipeline"
          onClick={() => void runPipeline("oracle")}
        >
          Ceiling, solved
        </button>
        <FileButtons
          test="result"
          label="My results"
          hint="Of CaImAn, minian, suite2p, CNMF-E, Inscopix, NWB or arrays"
          disabled={isBusy}
          take={scoreResults}
        />
      </p>
      <Working />
      {rows.length > 0 && (
        <table class={stale ? "stale" : ""} data-test="judgements">
          <thead>
            <tr>
              <th scope="col">drawn</th>
              <th scope="col">found</th>
              <th scope="col">precision</th>
              <th scope="col" title="median correlation of traces with the true calcium">
                r
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.judgement.name} data-test={`found-${row.judgement.name}`}>
                <th scope="row">
                  <label>
                    <input
                      type="radio"
                      name="drawn"
                      checked={drawn.value === row}
                      onChange={() => {
                        drawn.value = row;
                      }}
                    />
                    {nameOf(row.judgement.name)}
                  </label>
                </th>
                <td title={row.judgement.summary}>
                  {row.judgement.n_matched} of {row.judgement.n_true}
                </td>
                <td>{row.judgement.name === "oracle" ? "–" : share(row.judgement.precision)}</td>
                <td>{share(row.judgement.median_trace_corr)}</td>
              </tr>
            ))}
            <tr data-test="predicted">
              <th scope="row">ceiling, predicted</th>
              <td>
                {rows[0]!.judgement.n_true} of {rows[0]!.judgement.n_true}
              </td>
              <td>–</td>
              <td>{share(rows[0]!.judgement.ceiling_trace_corr)}</td>
            </tr>
          </tbody>
        </table>
      )}
      {stale && <p class="hint">Of before the last change: run it again.</p>}
      {drawn.value && rows.includes(drawn.value) && !stale && (
        <Legend judgement={drawn.value.judgement} />
      )}
      <p class="hint">
        {ofStore
          ? "Results are held against the truth of the recording that was opened."
          : `Counted are the cells that can be detected within the ${(film.frames / film.fps).toFixed(0)} s of the preview. For a pipeline of your own take `}
        {!ofStore && (
          <button
            type="button"
            class="link"
            data-test="save-preview"
            disabled={isBusy}
            onClick={() => void savePreview()}
          >
            its movie as a TIFF
          </button>
        )}
        {!ofStore && ", and drop here what it makes of it. Nothing leaves the tab."}
      </p>
    </section>
  );
}
