// The tissue from the side: cells, vessel layers, and the focal surface with its curvature and depth of field.
import type { SceneInfo } from "../engine/types.ts";
import { judged } from "../state/counted.ts";
import { plan, scene } from "../state/live.ts";
import { draft } from "../state/spec.ts";
import { selected, toggleUnit } from "../state/view.ts";
import { traceColor } from "./overlays.ts";

const WIDTH = 280;
const HEIGHT = 130;
const TOP = 8;

interface Layer {
  readonly depth_um: number;
  readonly root_radius_um: number;
  readonly opacity: number;
}

export function SideView() {
  const info = scene.value;
  const film = plan.value;
  const known = judged.value;
  if (!info || !film) return null;
  // The curvature acts over the whole field, so the whole field is drawn.
  const halfUm = (film.window.sensor.width * film.pixelSizeUm) / 2;
  const { shown, sensor } = film.window;
  const middleUm = (shown.left + shown.width / 2 - sensor.width / 2) * film.pixelSizeUm;
  const windowUm = (film.width * film.pixelSizeUm) / 2;
  const layers = layersAtDepth();
  const deepest = Math.max(
    60,
    info.focalDepthUm ?? 0,
    ...layers.map(({ depth_um }) => depth_um),
    ...Array.from({ length: info.inView }, (_, unit) => info.centersUm[3 * unit]!),
  );
  const scaleZ = (HEIGHT - TOP - 12) / (deepest * 1.12);
  const x = (um: number) => WIDTH / 2 + (um / halfUm) * (WIDTH / 2 - 2);
  const z = (um: number) => TOP + um * scaleZ;
  return (
    <section class="panel side">
      <h2>
        From the side <span>depth × {((scaleZ * halfUm) / (WIDTH / 2)).toFixed(1)}</span>
      </h2>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label="Cells, vessels and focal surface from the side"
      >
        <rect class="tissue" x="0" y={TOP} width={WIDTH} height={HEIGHT - TOP} />
        <rect
          class="window"
          x={x(middleUm - windowUm)}
          width={x(windowUm) - x(-windowUm)}
          y={TOP}
          height={HEIGHT - TOP}
        />
        {layers.map((layer, i) => (
          <rect
            key={i}
            class="vessel"
            x="0"
            width={WIDTH}
            y={z(layer.depth_um - layer.root_radius_um / 2)}
            height={Math.max(1.5, layer.root_radius_um * scaleZ)}
            style={{ opacity: 0.15 + 0.35 * layer.opacity }}
          />
        ))}
        {Array.from({ length: info.inView }, (_, unit) => (
          <circle
            key={unit}
            class={known ? (known.detectable[unit] ? "seen" : "hidden") : "unknown"}
            cx={x(info.centersUm[3 * unit + 2]!)}
            cy={z(info.centersUm[3 * unit]!)}
            r="1.6"
          />
        ))}
        <FocalSurface info={info} halfUm={halfUm} x={x} z={z} />
        {selected.value.map(
          (unit, i) =>
            unit < info.inView && (
              // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut; the list of traces has the same as a button.
              <circle
                key={`s${unit}`}
                cx={x(info.centersUm[3 * unit + 2]!)}
                cy={z(info.centersUm[3 * unit]!)}
                r="3.5"
                fill="none"
                stroke={traceColor(i)}
                stroke-width="1.5"
                onClick={() => toggleUnit(unit)}
              />
            ),
        )}
        <text x="3" y={HEIGHT - 4}>
          {deepest.toFixed(0)} µm
        </text>
        <text x={WIDTH - 3} y={HEIGHT - 4} text-anchor="end">
          {((2 * halfUm) / 1000).toFixed(2)} mm wide
        </text>
      </svg>
      <p class="legend">
        <span class="f">focal surface ± depth of field</span>
        <span class="v">vessels</span>
      </p>
    </section>
  );
}

interface SurfaceProps {
  readonly info: SceneInfo;
  readonly halfUm: number;
  readonly x: (um: number) => number;
  readonly z: (um: number) => number;
}

function FocalSurface({ info, halfUm, x, z }: SurfaceProps) {
  const { focalDepthUm: focal, curvatureRadiusUm: radius, depthOfFieldUm: dof } = info;
  if (focal === null) return null;
  const points = Array.from({ length: 41 }, (_, i) => {
    const r = ((i - 20) / 20) * halfUm;
    const reach = radius === null ? 0 : Math.min(Math.abs(r), radius);
    // The sagitta of a sphere: the field's edge is in focus at a shallower depth.
    const shift = radius === null ? 0 : radius - Math.sqrt(radius * radius - reach * reach);
    return [r, focal - shift] as const;
  });
  const line = (offset: number) =>
    points.map(([r, depth]) => `${x(r).toFixed(1)} ${z(depth + offset).toFixed(1)}`);
  return (
    <>
      <path class="dof" d={`M${line(-dof).join("L")}L${line(dof).reverse().join("L")}Z`} />
      <path class="focus" d={`M${line(0).join("L")}`} />
    </>
  );
}

/** Layers at a depth, of whatever step has them. */
function layersAtDepth(): Layer[] {
  return (draft.value?.steps ?? [])
    .filter(({ enabled = true, layers }) => enabled && Array.isArray(layers))
    .flatMap(({ layers }) => layers as Layer[])
    .filter(({ depth_um }) => Number.isFinite(depth_um));
}
