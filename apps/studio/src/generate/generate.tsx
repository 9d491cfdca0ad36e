// The Generate view: the whole recording, in workers, to a file of some format; its spec; its command.

import type { MovieKind } from "@minisim/interop/web";
import { BYTES_PER_PIXEL } from "@minisim/spec";
import { useEffect } from "preact/hooks";
import type { PlanInfo } from "../engine/types.ts";
import { plan } from "../state/live.ts";
import { issues } from "../state/spec.ts";
import { ChoiceView, targetNow, wanted } from "./choice-view.tsx";
import { done, make, problem, running } from "./job.ts";
import { loadProducts } from "./products.ts";
import { ProgressView } from "./progress-view.tsx";
import { ResultView } from "./result-view.tsx";
import { sizeOf } from "./size.ts";
import { SpecText } from "./spec-text.tsx";
import { StorageView } from "./storage-view.tsx";

export function Generate() {
  useEffect(() => {
    void loadProducts();
  }, []);
  const now = running.value;
  const film = plan.value;
  const invalid = issues.value.some(({ severity }) => severity === "error");
  if (!film) return <main class="generate" />;
  const movie = movieOf(film);
  const [frames, height, width] = movie.shape;
  const bytes = frames * height * width * BYTES_PER_PIXEL[movie.container];
  const refused = wanted.value.refusal(movie) !== "";
  return (
    <main class="generate">
      <section class="make">
        <h2>Whole recording</h2>
        <dl class="facts">
          <Fact name="frames" value={`${frames}`} unit={`at ${film.fps} per s`} />
          <Fact name="picture" value={`${height} × ${width}`} unit="px" />
          <Fact name="movie, uncompressed" value={sizeOf(bytes)} unit="" />
        </dl>
        <ChoiceView movie={movie} />
        <div class="actions">
          <button
            type="button"
            class="primary"
            data-test="generate"
            disabled={now !== null || invalid || refused}
            onClick={() => make(wanted.value, targetNow(), bytes)}
          >
            Generate {wanted.value.title}
          </button>
        </div>
        {invalid && <p class="problem">The spec has errors; Build says where.</p>}
        {now && <ProgressView now={now} />}
        {problem.value && (
          <p class="problem" role="alert">
            {problem.value}
          </p>
        )}
        {done.value && <ResultView made={done.value} />}
        <StorageView bytes={bytes} />
        <h3>Layouts of analysis pipelines</h3>
        <p class="about">
          Folders of Miniscope-DAQ, minian and suite2p are written by the command line, from a
          downloaded store:
        </p>
        <pre class="command">npx minisim export RECORDING.zarr --to minian -o RECORDING</pre>
      </section>
      <SpecText />
    </main>
  );
}

/** What the whole recording's movie will be: the preview differs in its size alone. */
function movieOf({ stages, window: shown }: PlanInfo): MovieKind {
  const frames = stages.some(({ hasMovie }) => hasMovie) ? shown.full_frames : 0;
  return {
    shape: [frames, shown.recorded.height, shown.recorded.width],
    container: stages.at(-1)?.container ?? "float32",
  };
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
