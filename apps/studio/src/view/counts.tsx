// The counts of the recording, its optics, and the light budget of the frame on screen.
import type { ComponentChildren } from "preact";
import { busy, latencyMs, plan, scene } from "../state/live.ts";
import { percentileRange } from "./contrast-range.ts";
import { lightOf } from "./light-budget.ts";
import { steadyFrame } from "./screen.ts";
import { Tally } from "./tally.tsx";

export function Counts() {
  const film = plan.value;
  const info = scene.value;
  if (!film) return null;
  const fieldUm = (px: number) => ((px * film.pixelSizeUm) / 1000).toFixed(2);
  const { recorded } = film.window;
  return (
    <section class="panel counts">
      <h2>
        Recording
        <span class={busy.value ? "live busy" : "live"} data-test="latency">
          updated in {latencyMs.value.toFixed(0)} ms
        </span>
      </h2>
      <Tally />
      <dl class="facts">
        <Row name="pixel in the tissue" value={film.pixelSizeUm.toFixed(2)} unit="µm" />
        <Row
          name="field of view"
          value={`${fieldUm(recorded.height)} × ${fieldUm(recorded.width)}`}
          unit="mm"
        />
        <Row
          name="focus"
          value={info?.planted ? (info.focalDepthUm?.toFixed(0) ?? "–") : "–"}
          unit="µm deep"
        />
        <Row
          name="depth of field"
          value={`± ${info?.depthOfFieldUm.toFixed(1) ?? "–"}`}
          unit="µm"
        />
      </dl>
      <Light />
    </section>
  );
}

/** Photons and saturation, where the frame on screen is counts. */
function Light() {
  const shown = steadyFrame.value;
  const film = plan.value;
  if (!shown || !film) return null;
  if (shown.data instanceof Float32Array) {
    const { low, high } = percentileRange(shown.data, 0.5, 0.998);
    return (
      <LightOf frame={shown.number}>
        <Row name="light, median" value={low.toPrecision(3)} unit="units" />
        <Row name="light, brightest" value={high.toPrecision(3)} unit="units" />
      </LightOf>
    );
  }
  const { acquisition } = film.window.spec;
  const top = 2 ** acquisition.image_sensor.bit_depth - 1;
  const { low: median, high: bright } = percentileRange(shown.data, 0.5, 0.998);
  const [usual, most] = [lightOf(median, acquisition), lightOf(bright, acquisition)];
  let full = 0;
  for (const value of shown.data) if (value >= top) full += 1;
  const saturated = (100 * full) / shown.data.length;
  return (
    <LightOf frame={shown.number} meter={<Meter value={median / top} peak={bright / top} />}>
      <Row name="photons, median pixel" value={usual.photons.toFixed(0)} unit="per frame" />
      <Row name="photons, brightest 0.2 %" value={most.photons.toFixed(0)} unit="per frame" />
      <Row name="noise, median pixel" value={usual.noise_e.toFixed(1)} unit="e⁻" />
      <Row
        name="saturated pixels"
        value={saturated < 0.01 && full > 0 ? "< 0.01" : saturated.toFixed(2)}
        unit="%"
        warn={saturated > 0.5}
      />
    </LightOf>
  );
}

/** Of one frame of the preview, and said to be. */
function LightOf({
  meter,
  frame,
  children,
}: {
  readonly frame: number;
  readonly meter?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  return (
    <div class="light">
      <h3>The frame that is shown, {frame}</h3>
      <dl class="facts">{children}</dl>
      {meter}
    </div>
  );
}

function Meter({ value, peak }: { readonly value: number; readonly peak: number }) {
  return (
    <div
      class="meter"
      role="img"
      aria-label={`Median pixel at ${percent(value)} of the scale, the brightest at ${percent(peak)}`}
      title="Median and brightest pixels on the scale of the sensor"
    >
      <i style={{ width: `${Math.min(100, 100 * peak)}%` }} />
      <b style={{ width: `${Math.min(100, 100 * value)}%` }} />
    </div>
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

interface RowProps {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly warn?: boolean;
}
export function Row({ name, value, unit, warn }: RowProps) {
  return (
    <div class={warn ? "warn" : ""}>
      <dt>{name}</dt>
      <dd>
        {value} <span>{unit}</span>
      </dd>
    </div>
  );
}
