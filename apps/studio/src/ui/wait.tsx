// A wait: what for, how far it should be by now, how long it is expected to take, and the way out.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

interface Props {
  readonly what: string;
  readonly since: number;
  /** Expected. */
  readonly seconds: number;
  readonly stop?: () => void;
  /** What it is for is said beside it. */
  readonly short?: true;
}

export function Wait({ what, since, seconds, stop, short }: Props) {
  const now = useSignal(performance.now());
  useEffect(() => {
    const timer = setInterval(() => {
      now.value = performance.now();
    }, 200);
    return () => clearInterval(timer);
  }, []);
  const elapsed = Math.max(0, (now.value - since) / 1000);
  // Nobody knows when it ends: the bar comes near the end, and never there.
  const share = elapsed / (elapsed + Math.max(0.3, seconds - elapsed) + 0.05 * seconds);
  return (
    <div class="wait" data-test="wait">
      <div
        class="meter"
        role="progressbar"
        aria-label={what}
        aria-valuenow={Math.round(100 * share)}
      >
        <b style={{ width: `${(100 * share).toFixed(1)}%` }} />
      </div>
      <p>
        <span>
          {!short && `${what}: `}
          {secondsText(elapsed)} of about {secondsText(seconds)}
        </span>
        {stop && (
          <button type="button" class="quiet" data-test="stop" onClick={stop}>
            Stop
          </button>
        )}
      </p>
    </div>
  );
}

/** "0.4 s", "12 s", "3 min", "2.5 h". */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 180) return `${seconds.toFixed(0)} s`;
  if (seconds < 5400) return `${Number((seconds / 60).toFixed(1))} min`;
  return `${Number((seconds / 3600).toFixed(1))} h`;
}
