// How many cells there are and how many can be found, over all of the recording: in the window, and in the whole of it.
import type { Census } from "../engine/census.ts";
import {
  type Wait as Counting,
  countRecording,
  isWhole,
  recordingCount,
  recordingWait,
  stopCountingRecording,
  windowCount,
} from "../state/counted.ts";
import { plan } from "../state/live.ts";
import { secondsText, Wait } from "../ui/wait.tsx";

export function Tally() {
  const film = plan.value;
  if (!film) return null;
  const inWindow = windowCount.value;
  const ofAll = isWhole.value ? inWindow : recordingCount.value;
  const fresh = inWindow?.plan === film.number;
  const full_s = film.window.full_frames / film.fps;
  const counted_s = inWindow?.census.seconds ?? full_s;
  const part = counted_s < full_s - 1e-6;
  return (
    <>
      <table class="tally">
        <caption>
          Cells, over {part ? `the first ${secondsText(counted_s)} of ` : "all "}
          {secondsText(full_s)}
          {part && ", as many as a tab can hold"}
        </caption>
        <thead>
          <tr>
            <td />
            <th scope="col">planted</th>
            <th scope="col">in view</th>
            <th scope="col">detectable</th>
            <th scope="col">share</th>
          </tr>
        </thead>
        <tbody>
          {!isWhole.value && (
            <Row name="window" census={inWindow?.census} stale={!fresh} test="window" />
          )}
          {recordingWait.value && !isWhole.value ? (
            <tr data-test="count-recording">
              <th scope="row">recording</th>
              <td colSpan={4} class="waiting-cell">
                <RecordingWait wait={recordingWait.value} />
              </td>
            </tr>
          ) : (
            <Row
              name="recording"
              census={ofAll?.census}
              stale={ofAll?.plan !== film.number}
              test="recording"
            />
          )}
        </tbody>
      </table>
      <p class="unseen" role="status" data-test="said">
        {fresh && sentenceOf(inWindow.census)}
      </p>
    </>
  );
}

const sentenceOf = ({ inView, detectableCount }: Census): string =>
  `${detectableCount} of ${inView} cells in the window are detectable.`;

interface RowProps {
  readonly name: string;
  readonly census: Census | undefined;
  /** Of an older spec. */
  readonly stale: boolean;
  readonly test: string;
}

function Row({ name, census, stale, test }: RowProps) {
  return (
    <tr class={stale ? "stale" : ""} data-test={`count-${test}`} aria-busy={stale}>
      <th scope="row">{name}</th>
      <td>{census?.planted ?? "–"}</td>
      <td>{census?.inView ?? "–"}</td>
      <td class="accent">{census?.detectableCount ?? "–"}</td>
      <td>{census ? shareOf(census) : "–"}</td>
    </tr>
  );
}

export const shareOf = ({ inView, detectableCount }: Census): string =>
  inView === 0 ? "–" : `${((100 * detectableCount) / inView).toFixed(0)} %`;

/** The count of the whole recording: how far it is, or that it may be asked for. */
function RecordingWait({ wait: { since, seconds } }: { readonly wait: Counting }) {
  if (since === null) {
    return (
      <button type="button" class="quiet" data-test="count" onClick={() => void countRecording()}>
        Count all of it, about {secondsText(seconds)}
      </button>
    );
  }
  return (
    <Wait
      short
      what="Counting the recording"
      {...{ since, seconds }}
      stop={stopCountingRecording}
    />
  );
}
