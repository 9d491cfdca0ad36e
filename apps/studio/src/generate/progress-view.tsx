// How far it is: phase, frames per second, time left, and the way out.
import { cancel, type Running } from "./job.ts";

export function ProgressView({ now: { progress, rendering } }: { readonly now: Running }) {
  const counted = progress.phase === "render" ? progress : null;
  const share = counted ? counted.done / counted.total : progress.phase === "truth" ? 1 : 0;
  const seconds = rendering ? (rendering.now - rendering.since) / 1000 : 0;
  const rate = counted && seconds > 0.3 ? counted.done / seconds : 0;
  const left = counted && rate > 0 ? (counted.total - counted.done) / rate : null;
  return (
    <div class="progress" data-test="progress">
      <div class="meter">
        <b style={{ width: `${100 * share}%` }} />
      </div>
      <p>
        <span>
          {progress.phase === "compile" && "Planting cells, drawing activity …"}
          {counted && `${counted.done} of ${counted.total} frames`}
          {progress.phase === "truth" && "Finishing: the ground truth, what ends the file …"}
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
