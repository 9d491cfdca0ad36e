// The Generate view: the whole recording, in workers, to a file; its spec; its command.
import { useSignal } from "@preact/signals";
import { plan } from "../state/live.ts";
import { issues } from "../state/spec.ts";
import { downloadZip, save } from "./download.ts";
import {
  cancel,
  canPickFolder,
  done,
  makeStore,
  makeVideo,
  problem,
  type Running,
  running,
  type Target,
  video,
} from "./job.ts";
import { SpecText } from "./spec-text.tsx";

export function Generate() {
  const target = useSignal<Target>("browser");
  const now = running.value;
  const film = plan.value;
  const invalid = issues.value.some(({ severity }) => severity === "error");
  if (!film) return <main class="generate" />;
  const { window: shown } = film;
  const pixels = shown.full_frames * shown.full_height * shown.full_width;
  const depth = shown.spec.acquisition.image_sensor.bit_depth;
  const megabytes = (pixels * (depth > 8 ? 2 : 1)) / 1e6;
  return (
    <main class="generate">
      <section class="make">
        <h2>Whole recording</h2>
        <dl class="facts">
          <Fact name="frames" value={`${shown.full_frames}`} unit={`at ${film.fps} per s`} />
          <Fact name="picture" value={`${shown.full_height} × ${shown.full_width}`} unit="px" />
          <Fact name="movie, uncompressed" value={sizeOf(megabytes * 1e6)} unit="" />
        </dl>
        <h3>Native store</h3>
        <p class="about">
          Zarr v3 with the movie and the whole ground truth; xarray and zarr open it as it is. The
          bytes are those that the command line writes.
        </p>
        <div class="choice">
          <label>
            <input
              type="radio"
              name="target"
              checked={target.value === "browser"}
              onChange={() => {
                target.value = "browser";
              }}
            />
            in this browser, then download as zip
          </label>
          <label class={canPickFolder ? "" : "unavailable"}>
            <input
              type="radio"
              name="target"
              disabled={!canPickFolder}
              checked={target.value === "folder"}
              onChange={() => {
                target.value = "folder";
              }}
            />
            straight into a folder{canPickFolder ? "" : " (this browser cannot)"}
          </label>
        </div>
        <div class="actions">
          <button
            type="button"
            class="primary"
            data-test="generate"
            disabled={now !== null || invalid}
            onClick={() => makeStore(target.value)}
          >
            Generate store
          </button>
          <button
            type="button"
            class="quiet"
            data-test="video"
            disabled={now !== null || invalid}
            onClick={makeVideo}
          >
            Make MP4
          </button>
        </div>
        {invalid && <p class="problem">The spec has errors; Build says where.</p>}
        {now && <ProgressView now={now} />}
        {problem.value && (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
        <Results />
        <h3>Other formats</h3>
        <p class="about">
          MP4 is for looking: lossy, encoded by the browser. BigTIFF, AVI, NWB and the layouts of
          analysis pipelines are written by the command line, from the spec here or from a
          downloaded store:
        </p>
        <pre class="command">npx minisim export RECORDING.zarr --to nwb -o RECORDING.nwb</pre>
      </section>
      <SpecText />
    </main>
  );
}

function Results() {
  const made = done.value;
  const film = video.value;
  const zipping = useSignal(false);
  return (
    <>
      {made && (
        <div class="result" data-test="done">
          <p>
            <b>{made.name}</b> {sizeOf(made.bytes)} in {made.files} files
            <span>
              {made.frames} frames in {made.seconds.toFixed(1)} s,{" "}
              {(made.frames / made.seconds).toFixed(0)} per s on {made.workers} workers
            </span>
          </p>
          {made.target === "browser" && (
            <button
              type="button"
              class="primary"
              data-test="download"
              disabled={zipping.value}
              onClick={async () => {
                zipping.value = true;
                try {
                  await downloadZip(made);
                } catch (error) {
                  problem.value = error instanceof Error ? error.message : String(error);
                }
                zipping.value = false;
              }}
            >
              {zipping.value ? "Packing …" : "Download zip"}
            </button>
          )}
        </div>
      )}
      {film && (
        <div class="result" data-test="video-done">
          <p>
            <b>{film.name}</b> {sizeOf(film.file.size)}
          </p>
          <button type="button" class="primary" onClick={() => save(film.file, film.name)}>
            Download MP4
          </button>
        </div>
      )}
    </>
  );
}

function ProgressView({ now }: { readonly now: Running }) {
  const { progress, rendering } = now;
  const share =
    progress.phase === "render"
      ? progress.done / progress.total
      : progress.phase === "truth"
        ? 1
        : 0;
  const seconds = rendering ? (rendering.now - rendering.since) / 1000 : 0;
  const rate = progress.phase === "render" && seconds > 0.3 ? progress.done / seconds : 0;
  const left =
    rate > 0 && progress.phase === "render" ? (progress.total - progress.done) / rate : null;
  return (
    <div class="progress" data-test="progress">
      <div class="meter">
        <b style={{ width: `${100 * share}%` }} />
      </div>
      <p>
        <span>
          {progress.phase === "compile" && "Planting cells, drawing activity …"}
          {progress.phase === "render" && `${progress.done} of ${progress.total} frames`}
          {progress.phase === "truth" && "Writing the ground truth …"}
        </span>
        {rate > 0 && <span>{rate.toFixed(0)} frames/s</span>}
        {left !== null && (
          <span>{left < 90 ? `${left.toFixed(0)} s` : `${(left / 60).toFixed(1)} min`} left</span>
        )}
        <button type="button" class="quiet" data-test="cancel" onClick={cancel}>
          Cancel
        </button>
      </p>
    </div>
  );
}

function Fact({
  name,
  value,
  unit,
}: {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
}) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        {value} <span>{unit}</span>
      </dd>
    </div>
  );
}

function sizeOf(bytes: number): string {
  if (bytes >= 1e9) return `${(bytes / 1e9).toFixed(2)} GB`;
  if (bytes >= 1e6) return `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
  return `${(bytes / 1e3).toFixed(0)} KB`;
}
