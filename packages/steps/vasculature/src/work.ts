// What vessels take: the pixels that their pieces are painted on, and the blur of every layer.
import { blurOperations } from "@minisim/kernels";
import { blurSigmaPx } from "@minisim/optics";
import { area, facts, type Work, type WorkContext } from "@minisim/pipeline";
import type { Frozen } from "@minisim/spec";
import type { z } from "zod";
import type { params as schema } from "./params.ts";

// Nanoseconds, measured: a pixel of a layer, its shade and product; a multiplication of its blur; a pixel that a piece of vessel
// is tried on, and the piece.
const PIXEL_NS = 25;
const BLUR_NS = 0.3;
const TRIED_NS = 8;
const PIECE_NS = 1000;

// Grown a few dozen times over fields of 0.1 to 20 mm: a tree has up to 2000 pieces, mostly about half of them, and all of them
// together are tried on a twentieth to one and a half times the field.
const PIECES = 1000;
const TRIED = 1;

// The mask once more for the truth in view; on the way the blood, its shade, the blurred shade and
// the working memory of the kernels.
const HELD_BYTES = 8;
const PASSING_BYTES = 8 + 8 + 8 + 12;

export function vasculatureWork({
  params,
  acquisition: { optics, tissue },
  geometry: { canvas, pixel_size_um },
  fact,
  focal_depth_um,
}: WorkContext<Frozen<z.output<typeof schema>>>): Work {
  if (!params.enabled || params.layers.length === 0) return {};
  const canvas_px = area(canvas);
  const pulses = fact(facts.vessel_radius).some(
    (factor) => typeof factor === "object" && "rows" in factor,
  );
  // At rest, and for the swing wider and narrower; the swing is one more field.
  const [masks, fields] = pulses ? [3, 2] : [1, 1];
  const operations = params.layers.map((layer) => {
    const { depth_um } = layer;
    const focal_um = focal_depth_um ?? depth_um;
    const view = { z_um: depth_um, focal_um, optics, tissue, pixel_size_um };
    const sigma_px = blurSigmaPx(view);
    const blur = blurOperations({ source: canvas, target: canvas, sigma_px, edge: "nearest" });
    const tree = PIECES * PIECE_NS;
    return (
      masks *
        (canvas_px * PIXEL_NS + blur * BLUR_NS + layer.n_roots * TRIED_NS * TRIED * canvas_px) +
      layer.n_roots * tree
    );
  });
  return {
    field_px: fields * canvas_px,
    held_bytes: fields * HELD_BYTES * canvas_px,
    passing_bytes: PASSING_BYTES * canvas_px,
    operations: operations.reduce((a, b) => a + b, 0),
  };
}
