// The hemodynamics step: blood that comes and goes with the rhythms of the body, and absorbs light on its way in and out.
import { defineStep, facts, lazySeries, modulate, rowOf } from "@minisim/pipeline";
import { name, version } from "../package.json";
import { transmissionOf, vesselRadius } from "./blood.ts";
import { params } from "./params.ts";

export const hemodynamics = defineStep({
  kind: "hemodynamics",
  package: { name, version },
  revision: 1,
  domain: "tissue",
  after: ["composite", "neuropil", "vasculature"],
  summary: "Absorption by blood whose volume changes with vasomotion and heartbeat.",
  sources: [
    "doi:10.1038/s41598-025-20221-4 (frequencies)",
    "doi:10.1098/rstb.2015.0360 (absorption of excitation and emission by blood)",
  ],
  params,
  truth: {
    vessel_radius: {
      dims: ["frame"],
      unit: "1",
      description: "Radius of the vessels in each frame, relative to rest.",
    },
    hemodynamic_transmission: {
      dims: ["frame"],
      unit: "1",
      description: "Light of the tissue in each frame, relative to that at rest.",
    },
  },
  announce({ params, acquisition: { fps }, geometry: { n_frames, exposure_s }, random }) {
    const radius = lazySeries(n_frames, () =>
      vesselRadius(params, { fps, exposure_s }, n_frames, random),
    );
    // Blood absorbs blue and green about alike: half of the absorbance is on the way in, half on the way out.
    const oneWay = lazySeries(n_frames, () =>
      transmissionOf(rowOf(radius, 0), params.absorbance / 2),
    );
    return [
      facts.excitation.of(oneWay),
      facts.collection.of(oneWay),
      facts.vessel_radius.of(radius),
    ];
  },
  // The courses, made twice, of which a frame takes about 300 ns.
  work: ({ geometry: { n_frames } }) => ({
    held_bytes: 24 * n_frames,
    operations: 2 * 300 * n_frames,
  }),
  compile({ params, acquisition: { exposure_fraction }, geometry, random }) {
    const { fps, n_frames } = geometry;
    const shutter = { fps, exposure_s: exposure_fraction / fps };
    const vessel_radius = vesselRadius(params, shutter, n_frames, random);
    const hemodynamic_transmission = transmissionOf(vessel_radius, params.absorbance);
    return {
      truth: { vessel_radius, hemodynamic_transmission },
      frames: modulate(null, hemodynamic_transmission),
    };
  },
});
