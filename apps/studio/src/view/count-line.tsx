// The counts in one line under the picture, where the column that has them is out of sight.
import { isWhole, recordingCount, windowCount } from "../state/counted.ts";
import { plan } from "../state/live.ts";
import { shareOf } from "./tally.tsx";

export function CountLine() {
  const number = plan.value?.number;
  const inWindow = windowCount.value;
  const ofAll = isWhole.value ? null : recordingCount.value;
  if (!inWindow) return <p class="count-line">Counting cells …</p>;
  const { detectableCount, inView } = inWindow.census;
  return (
    <p class={`count-line${inWindow.plan === number ? "" : " stale"}`} data-test="count-line">
      <b>{detectableCount}</b> of {inView} cells detectable, {shareOf(inWindow.census)}
      {ofAll &&
        ofAll.plan === number &&
        ` · recording ${ofAll.census.detectableCount} of ${ofAll.census.inView}`}
    </p>
  );
}
