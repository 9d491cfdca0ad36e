// What of the recording the picture is: which part of the field, which seconds, whose cells. And how large the window is to be.
import { MOST_BYTES } from "../engine/limits.ts";
import type { PlainIssue } from "../engine/rpc.ts";
import { limitsOf, WHOLE } from "../engine/window-limits.ts";
import { sizeOf } from "../generate/size.ts";
import { isWhole } from "../state/counted.ts";
import { compiling, expected, limits, plan, stopCompiling } from "../state/live.ts";
import { issues, placeOf } from "../state/spec.ts";
import { secondsText, Wait } from "../ui/wait.tsx";

const SIDES = [128, 192, 256, 384] as const;

export function WindowNote() {
  const now = plan.value;
  if (!now) return null;
  const { shown, recorded, redrawn, full_frames } = now.window;
  const whole = isWhole.value;
  const ofSensor =
    recorded.height < now.window.sensor.height || recorded.width < now.window.sensor.width;
  const side = Math.min(limits.value.side, recorded.height);
  const shrunk = !whole && shown.height < side && Number.isFinite(limits.value.cells);
  const errors = issues.value.filter(({ severity }) => severity === "error");
  const [first, all] = [now.frames / now.fps, full_frames / now.fps];
  return (
    <div class="window-note" data-test="window">
      {errors.length > 0 && <Before errors={errors} />}
      <p hidden={errors.length > 0}>
        {whole ? (
          <b>{ofSensor ? "Window of the sensor" : "Whole field"}</b>
        ) : (
          <>
            <b>
              {redrawn ? "Sample of" : "Part of"} {shown.height} × {shown.width} px
            </b>{" "}
            of {recorded.height} × {recorded.width}
          </>
        )}
        ,{" "}
        {first < all
          ? `a preview of ${secondsText(first)} for ${secondsText(all)}`
          : secondsText(all)}
        {shrunk && ` (smaller: at most ${limits.value.cells} cells)`}
        {redrawn && ". Light and focus of the middle; cells and vessels are a draw of their own."}
      </p>
      <SizeSelect />
      <Compiling />
    </div>
  );
}

/** Why the picture is not of the spec of now. */
function Before({ errors }: { readonly errors: readonly PlainIssue[] }) {
  const { path, message } = errors[0]!;
  return (
    <p class="problem" data-test="before">
      The picture is of before: {placeOf(path)} {message}
      {errors.length > 1 && ` And ${errors.length - 1} more.`}
    </p>
  );
}

function SizeSelect() {
  const whole = expected.value?.whole;
  const tooLarge = whole !== undefined && whole.bytes > MOST_BYTES;
  const { side, place } = limits.value;
  return (
    <label>
      window
      <select
        value={side}
        data-test="size"
        onChange={(event) => {
          const chosen = Number(event.currentTarget.value);
          limits.value = limitsOf(chosen === WHOLE ? "whole" : chosen, place);
        }}
      >
        {SIDES.map((one) => (
          <option key={one} value={one}>
            {one} px
          </option>
        ))}
        <option value={WHOLE} disabled={tooLarge && side !== WHOLE}>
          {tooLarge
            ? `whole field: ${sizeOf(whole.bytes)}, too much for a tab`
            : `whole field${whole ? `, about ${secondsText(whole.compile_s)}` : ""}`}
        </option>
      </select>
    </label>
  );
}

/** Waits that are worth a word. */
const LONG_S = 1.5;

function Compiling() {
  const now = compiling.value;
  if (!now || now.seconds < LONG_S) return null;
  return <Wait what="Making the picture" {...now} stop={stopCompiling} />;
}
