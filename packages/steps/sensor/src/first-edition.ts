// The sensor of the first edition of specs: its light was given per pixel and frame, whatever the exposure and the pixel's area.
import { photonsPerUnit } from "@minisim/sensor";
import { type FirstEdition, quantity } from "@minisim/spec";
import { z } from "zod";

const params = z.strictObject({
  photons_per_unit: quantity({
    unit: "photon",
    min: 1e-6,
    max: 1e9,
    description: "Photons that one unit of light brings to a pixel in one frame",
  }).default(100),
});

export const firstEdition: FirstEdition<typeof params> = {
  params,
  convert({ params: { photons_per_unit }, geometry: { pixel_size_um, exposure_s } }) {
    const photons_per_um2_s = photons_per_unit / photonsPerUnit(1, pixel_size_um, exposure_s);
    const side = shown(pixel_size_um);
    const message = `is photons_per_um2_s, ${shown(photons_per_um2_s)}: ${photons_per_unit} photons in ${side} × ${side} µm and ${shown(exposure_s)} s.`;
    return {
      params: { photons_per_um2_s },
      changes: [{ field: "photons_per_unit", message }],
    };
  },
};

const shown = (value: number): number => Number(value.toPrecision(3));
