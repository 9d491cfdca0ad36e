// How the two pictures are shown: side by side, with a wipe, or blinking in one place.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { wipe } from "../state/view.ts";
import { Tick } from "../ui/tick.tsx";
import { flipped, sameContrast, second, type Way, way } from "../view/second.ts";
import "../style/second.css";

const WAYS: readonly (readonly [Way, string])[] = [
  ["beside", "Side by side"],
  ["wipe", "Wipe"],
  ["blink", "Blink"],
];
/** Slow enough to be looked at, and far from the three flashes a second that can hurt. */
const BLINK_MS = 900;

export function SecondControls() {
  const now = second.value;
  const isSelf = useSignal(!matchMedia("(prefers-reduced-motion: reduce)").matches);
  const blinks = way.value === "blink" && isSelf.value;
  useEffect(() => {
    if (!blinks) return;
    const timer = setInterval(() => {
      flipped.value = !flipped.peek();
    }, BLINK_MS);
    return () => clearInterval(timer);
  }, [blinks]);
  if (!now) return null;
  return (
    <div class="second-controls" role="toolbar" aria-label="Two pictures" data-test="second">
      <span class="places">
        {WAYS.map(([name, title]) => (
          <button
            type="button"
            key={name}
            data-test={name}
            aria-pressed={way.value === name}
            onClick={() => {
              way.value = name;
            }}
          >
            {title}
          </button>
        ))}
      </span>
      {way.value === "wipe" && (
        <input
          type="range"
          min="0"
          max="100"
          step="1"
          value={Math.round(100 * wipe.value)}
          aria-label="Edge between the two pictures"
          aria-valuetext={`${now.title} on ${Math.round(100 * wipe.value)} % of the width`}
          onInput={(event) => {
            wipe.value = Number(event.currentTarget.value) / 100;
          }}
        />
      )}
      {way.value === "blink" && (
        <>
          <button
            type="button"
            class="quiet"
            data-test="flip"
            onClick={() => {
              isSelf.value = false;
              flipped.value = !flipped.value;
            }}
          >
            Show {flipped.value ? now.mainTitle : now.title}
          </button>
          <Tick of={isSelf} label="by itself" />
        </>
      )}
      <Tick
        of={sameContrast}
        label="one contrast"
        title="Black and white of both as in the picture of now, so that more light looks brighter"
      />
      <span class="grow" />
      <button type="button" class="quiet" data-test="close-second" onClick={() => now.close()}>
        Close {now.title}
      </button>
    </div>
  );
}
