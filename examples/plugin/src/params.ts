// Parameters of fixed-pattern noise.
import { fraction, quantity } from "@minisim/spec";
import { z } from "zod";

export const params = z.strictObject({
  response_cv: fraction({
    description: "Photo-response non-uniformity: spread of the pixels' sensitivity",
    source: "0.01: about 1 % is typical of CMOS data sheets",
  }).default(0.01),
  dark_e: quantity({
    unit: "e⁻",
    min: 0,
    max: 1e5,
    description: "Dark electrons of an ordinary pixel in one frame",
  }).default(0.5),
  hot_pixel_fraction: fraction({ description: "Share of pixels that are hot" }).default(1e-4),
  hot_pixel_e: quantity({
    unit: "e⁻",
    min: 0,
    max: 1e6,
    description: "Mean dark electrons of a hot pixel in one frame, exponentially distributed",
  }).default(60),
});
