// Beside the simulation: what pipelines would find in it, and movies and recordings of others.
import { useRef } from "preact/hooks";
import { plan } from "../state/live.ts";
import { KINDS } from "./classes.ts";
import { MeasuresTable } from "./measures-table.tsx";
import {
  type Dropped,
  drawn,
  judgements,
  measureBoth,
  opened,
  openMovie,
  progress,
  runPipeline,
  savePreview,
  scale,
  scoreResults,
  stop,
  trouble,
} from "./session.ts";
import type { Judgement } from "./types.ts";
import "../style/examine.css";

export function Examine() {
  return (
    <>
      <Found />
      <Beside />
    </>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  roi: "naive pipeline",
  oracle: "ceiling, solved",
};
const nameOf = (name: string): string => NAMES[name] ?? name;
const share = (value: number | null): string => (value === null ? "–" : value.toFixed(2));

function Found() {
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

function Legend({ judgement }: { readonly judgement: Judgement }) {
  const counts = new Map<string, number>();
  for (const { class: name } of [...judgement.estimates, ...judgement.missed])
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const why = Object.entries(judgement.missedBecause).filter(([, count]) => count > 0);
  return (
    <>
      <ul class="classes" data-test="classes">
        {KINDS.filter(({ name }) => counts.has(name)).map(({ name, color, title }) => (
          <li key={name} title={title}>
            <i style={{ borderColor: color }} class={name} />
            <b>{counts.get(name)}</b> {name}
          </li>
        ))}
      </ul>
      {why.length > 0 && (
        <p class="hint">
          Missed:{" "}
          {why.map(([reason, count]) => `${count} ${reason.replaceAll("_", " ")}`).join(", ")}.
        </p>
      )}
      {judgement.notes.length > 0 && (
        <details>
          <summary>
            {judgement.notes.length === 1 ? "A note" : `${judgement.notes.length} notes`}
          </summary>
          <ul>
            {judgement.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function Beside() {
  const movie = opened.value;
  const isBusy = progress.value !== null;
  return (
    <section class="panel examine" data-test="another-movie">
      <h2>
        A movie beside it <span>of yours, or a recording</span>
      </h2>
      <p class="places">
        <FileButtons
          test="movie"
          label="Open"
          hint="TIFF, NumPy, HDF5, NWB, AVI of uncompressed greys; a recording as a zip"
          disabled={isBusy}
          take={openMovie}
        />
        {movie && (
          <button
            type="button"
            class="quiet"
            data-test="measure"
            disabled={isBusy || !isScaled()}
            onClick={() => void measureBoth()}
          >
            Measure both
          </button>
        )}
      </p>
      {movie && (
        <p data-test="opened">
          <b>{movie.name}</b>: {movie.frames} frames of {movie.height} × {movie.width} px
          {movie.fps !== null && `, ${Number(movie.fps.toPrecision(4))} frames/s`}
          {movie.pixelSizeUm !== null && `, ${Number(movie.pixelSizeUm.toPrecision(3))} µm a pixel`}
        </p>
      )}
      {movie && <ScaleFields />}
      <MeasuresTable />
      {!movie && (
        <p class="hint">
          Its picture stands beside the simulation’s, and the statistics of both beside those of
          published recordings. Nothing leaves the tab.
        </p>
      )}
    </section>
  );
}

function isScaled(): boolean {
  const { fps = null, pixelSizeUm = null } = opened.value ?? {};
  return (fps ?? scale.value.fps) !== null && (pixelSizeUm ?? scale.value.pixelSizeUm) !== null;
}

/** What the file does not tell. */
function ScaleFields() {
  const movie = opened.value!;
  const fields = [
    ["fps", "frames per second", movie.fps],
    ["pixelSizeUm", "µm a pixel", movie.pixelSizeUm],
  ] as const;
  return (
    <p class="scale">
      {fields.map(
        ([name, label, told]) =>
          told === null && (
            <label key={name}>
              {label}
              <input
                type="text"
                inputMode="decimal"
                data-test={`scale-${name}`}
                onInput={(event) => {
                  const value = Number(event.currentTarget.value);
                  scale.value = { ...scale.value, [name]: value > 0 ? value : null };
                }}
              />
            </label>
          ),
      )}
    </p>
  );
}

function Working() {
  const now = progress.value;
  return (
    <>
      {now && (
        <p class="places working" data-test="working">
          <progress max="1" value={now.share} aria-label={now.what} />
          <span>{now.what}</span>
          <button type="button" class="quiet" data-test="stop-examine" onClick={stop}>
            Stop
          </button>
        </p>
      )}
      {trouble.value && (
        <p class="problem" role="alert" data-test="trouble">
          {trouble.value}
        </p>
      )}
    </>
  );
}

interface FileButtonsProps {
  readonly test: string;
  readonly label: string;
  readonly hint: string;
  readonly disabled: boolean;
  readonly take: (files: readonly Dropped[]) => Promise<void>;
}

/** A file, or all files of a folder. */
function FileButtons({ test, label, hint, disabled, take }: FileButtonsProps) {
  const [file, folder] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const chosen = (field: HTMLInputElement) => {
    const files = [...(field.files ?? [])].map((one) => ({
      path: one.webkitRelativePath || one.name,
      blob: one,
    }));
    field.value = "";
    if (files.length > 0) void take(files);
  };
  return (
    <>
      <input
        ref={file}
        type="file"
        hidden
        multiple
        data-test={`${test}-file`}
        aria-label={`${label}: files`}
        onChange={(event) => chosen(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        data-test={`${test}-folder`}
        aria-label={`${label}: a folder`}
        {...{ webkitdirectory: true }}
        onChange={(event) => chosen(event.currentTarget)}
      />
      <button
        type="button"
        class="quiet"
        title={hint}
        disabled={disabled}
        onClick={() => file.current?.click()}
      >
        {label} …
      </button>
      <button
        type="button"
        class="quiet"
        title={`A folder. ${hint}`}
        disabled={disabled}
        onClick={() => folder.current?.click()}
      >
        {label}: a folder …
      </button>
    </>
  );
}
