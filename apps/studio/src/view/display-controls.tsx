// How values become colours, and what is drawn over them.
import {
  locked,
  outlineMode,
  type Palette,
  palette,
  percentiles,
  showMotion,
  showVessels,
} from "../state/view.ts";
import { Tick } from "../ui/tick.tsx";
import { WipeControl } from "./stage-rail.tsx";

export function DisplayControls() {
  const [low, high] = percentiles.value;
  return (
    <div class="display">
      <div>
        <WipeControl />
        <label>
          colours
          <select
            value={palette.value}
            onChange={(event) => {
              palette.value = event.currentTarget.value as Palette;
            }}
          >
            <option>gray</option>
            <option>ember</option>
            <option>lagoon</option>
          </select>
        </label>
        <span class="contrast" title={`Black at ${low} %, white at ${high} % of the pixels`}>
          contrast
          <input
            type="range"
            min="0"
            max="30"
            step="0.5"
            value={low}
            aria-label="Black at this percentile"
            onInput={(event) => {
              percentiles.value = [Number(event.currentTarget.value), high];
            }}
          />
          <input
            type="range"
            min="80"
            max="100"
            step="0.1"
            value={high}
            aria-label="White at this percentile"
            onInput={(event) => {
              percentiles.value = [low, Number(event.currentTarget.value)];
            }}
          />
        </span>
        <Tick
          of={locked}
          label="lock"
          title="Keep black and white where they are, so that more light looks brighter"
        />
      </div>
      <div>
        <label>
          outlines
          <select
            value={outlineMode.value}
            data-test="outlines"
            onChange={(event) => {
              outlineMode.value = event.currentTarget.value as typeof outlineMode.value;
            }}
          >
            <option value="off">off</option>
            <option value="detectable">detectable</option>
            <option value="snr">SNR</option>
            <option value="depth">depth</option>
          </select>
        </label>
        <Tick of={showVessels} label="vessels" />
        <Tick of={showMotion} label="motion" />
      </div>
    </div>
  );
}
