// Where the cells of a population are.
import { type Fov, pointInShell, shellCounts } from "./shells.ts";
import { createSpacing, type Position } from "./spacing.ts";

export interface Distribution {
  readonly density_per_mm3: number;
  readonly soma_radius_um: number;
  /** [lowest, highest] depth of a cell's centre. */
  readonly depth_range_um: readonly [number, number];
  readonly min_distance_um: number;
}

export interface Placed {
  /** (z, y, x) µm, optical-center frame. */
  readonly position_um: Position;
  /** The shell the cell was drawn in, and which of its candidates it is: its name, whatever else is placed. */
  readonly shell: number;
  readonly candidate: number;
}

export interface Placement {
  readonly cells: Placed[];
  /** Cells the density asks for; more than `cells` where min_distance_um left no room. */
  readonly wanted: number;
}

/**
 * Uniform in the volume over FOV + margin, count = round(density · area · max(depth range, soma diameter)).
 * With a minimum distance, candidates too near an accepted cell are rejected, up to max(1000, 100·count) candidates.
 *
 * @param uniform opens the stream of uniforms in [0, 1) of a shell; a candidate takes three: z, across, along
 */
export function placeCells(
  distribution: Distribution,
  fov: Fov,
  margin_px: number,
  uniform: (shell: number) => () => number,
): Placement {
  const { density_per_mm3, soma_radius_um, min_distance_um } = distribution;
  const [lowest, highest] = distribution.depth_range_um;
  const thickness_um = Math.max(highest - lowest, 2 * soma_radius_um);
  const spacing = createSpacing(min_distance_um);
  const cells: Placed[] = [];
  let wanted = 0;
  let tries = 0;
  for (const [shell, count] of shellCounts(
    fov,
    margin_px,
    density_per_mm3,
    thickness_um,
  ).entries()) {
    wanted += count;
    // The limit so far, not that of the whole canvas, so that the margin does not decide how hard the FOV is filled.
    const mostTries = Math.max(1000, 100 * wanted);
    const draw = uniform(shell);
    let accepted = 0;
    for (let candidate = 0; accepted < count && tries < mostTries; candidate++, tries++) {
      const z = lowest + (highest - lowest) * draw();
      const across = draw();
      const [y, x] = pointInShell(fov, shell, across, draw());
      if (!spacing.fits([z, y, x])) continue;
      spacing.add([z, y, x]);
      cells.push({ position_um: [z, y, x], shell, candidate });
      accepted += 1;
    }
  }
  return { cells, wanted };
}
