// Instruments: what a scope decides of a spec. All lengths µm. Values without a source are estimates, and say why.
import type { AcquisitionInput } from "@minisim/spec";
import type { StepInput } from "../builtin.ts";
import { deepFreeze } from "./freeze.ts";

export interface Scope {
  readonly title: string;
  readonly source: string;
  readonly acquisition: AcquisitionInput;
  /** Photons at the sensor from 1 µm² of a resting cell in a second, at a collection of 1: how strong the lamp is. */
  readonly photons_per_um2_s: number;
  /** The scope's own light field and stray light. */
  readonly fields: readonly StepInput[];
  /** No animal carries it: the tissue holds still and its light is weak. */
  readonly on_a_table?: true | undefined;
}

/**
 * Estimate: users set their lamps so that the middle of the field is near half of full scale. The background of the regions is 4 to 5 units of
 * light behind an NA of 0.3, which makes 2200 e⁻ in a pixel of a Miniscope V4 in a twentieth of a second.
 */
const LAMP = 6300;

export const scopes = deepFreeze({
  miniscope_v4: {
    title: "UCLA Miniscope V4",
    source:
      "github.com/Aharoni-Lab/Miniscope-v4: field of 1 mm, PYTHON480 with 10-bit ADC and gains 1/2/3.5, working distance 1 mm; black level: register 0x0A of the firmware",
    acquisition: {
      // NA 0.3: the value of NAOMi1p for this scope. Curvature: estimate, miniature objectives have 1.5 to 2 mm (arXiv:2303.14427).
      optics: { na: 0.3, magnification: 2.92, emission_nm: 525, field_curvature_radius_um: 2500 },
      image_sensor: {
        n_px_height: 608,
        n_px_width: 608,
        pixel_pitch_um: 4.8,
        // Estimates, for no data sheet was found: quantum efficiency, read noise and full well of a CMOS pixel of 4.8 µm.
        quantum_efficiency: 0.56,
        read_noise_e: 9,
        full_well_e: 10_000,
        // Gain 2: 2 · 1023 counts of 10 bits / full well. Real V4-like frames have 0.060 of 8 bits, this has 0.051.
        gain_adu_per_e: 0.205,
        adc_bits: 10,
        bit_depth: 8,
        black_level_adu: 10,
        // Estimates by real frames, where rows differ by 1.2 % of the level and a fixed pattern has 1.7 % of it.
        prnu: 0.012,
        dsnu_e: 15,
        row_pattern_e: 25,
        row_noise_e: 12,
        dark_current_e_s: 50,
      },
      front_working_distance_um: 1000,
    },
    photons_per_um2_s: LAMP,
    fields: [
      { kind: "illumination_profile", falloff: 0.75 },
      { kind: "vignette", falloff: 0.6 },
      { kind: "leakage", profile: "gaussian", level: 0.03 },
    ],
  },
  miniscope_v3: {
    title: "UCLA Miniscope V3",
    source:
      "github.com/daharoni/Miniscope_DAQ_Software: MT9V032, 752 × 480 px of 6 µm, 10-bit ADC; about 1 µm a pixel in the tissue (doi:10.1038/s41467-018-04302-5, supplement)",
    acquisition: {
      // NA 0.45: estimate, a GRIN lens of a quarter pitch as its objective.
      optics: { na: 0.45, magnification: 6.4, emission_nm: 525, field_curvature_radius_um: 1500 },
      image_sensor: {
        n_px_height: 480,
        n_px_width: 752,
        pixel_pitch_um: 6,
        // Estimates, for the data sheet has none in electrons: the noise bound of 1.8 counts of 10 bits is 26 e⁻.
        quantum_efficiency: 0.5,
        read_noise_e: 20,
        full_well_e: 15_000,
        gain_adu_per_e: 0.0682,
        adc_bits: 10,
        bit_depth: 8,
        black_level_adu: 16,
        prnu: 0.015,
        dsnu_e: 30,
        row_pattern_e: 20,
        row_noise_e: 15,
        dark_current_e_s: 50,
      },
    },
    photons_per_um2_s: 5 * LAMP,
    fields: [
      { kind: "illumination_profile", falloff: 0.75 },
      { kind: "vignette", falloff: 0.6 },
      { kind: "leakage", profile: "gaussian", level: 0.05 },
    ],
  },
  lfov: {
    title: "Miniscope LFOV, 2 × binned",
    source:
      "doi:10.1126/sciadv.adg3918: 3.6 × 2.7 mm, working distance 3.5 mm; MT9P031: 2592 × 1944 px of 2.2 µm, 12 bit, 38.1 dB and 70.1 dB, which are 6460 e⁻ and 2 e⁻",
    acquisition: {
      // NA 0.25: estimate. Four pixels are summed.
      optics: { na: 0.25, magnification: 1.584, emission_nm: 525, field_curvature_radius_um: 8000 },
      image_sensor: {
        n_px_height: 972,
        n_px_width: 1296,
        pixel_pitch_um: 4.4,
        quantum_efficiency: 0.55,
        read_noise_e: 6,
        full_well_e: 25_840,
        gain_adu_per_e: 0.1585,
        adc_bits: 12,
        bit_depth: 8,
        black_level_adu: 40,
        prnu: 0.01,
        dsnu_e: 10,
        row_pattern_e: 20,
        row_noise_e: 15,
        dark_current_e_s: 50,
      },
      front_working_distance_um: 3500,
    },
    photons_per_um2_s: 2.7 * LAMP,
    fields: [
      { kind: "illumination_profile", falloff: 0.75 },
      { kind: "vignette", falloff: 0.75 },
      { kind: "leakage", profile: "gaussian", level: 0.03 },
    ],
  },
  grin_like: {
    title: "A scope with a 1 mm GRIN lens",
    source:
      "Estimates throughout, by what users report of nVista-like scopes: 0.8 µm a pixel, 12 bit, NA 0.5, a round dark edge",
    acquisition: {
      optics: { na: 0.5, magnification: 3.75, emission_nm: 525, field_curvature_radius_um: 1500 },
      image_sensor: {
        n_px_height: 400,
        n_px_width: 640,
        pixel_pitch_um: 6,
        quantum_efficiency: 0.6,
        read_noise_e: 12,
        full_well_e: 40_000,
        gain_adu_per_e: 0.1024,
        adc_bits: 12,
        bit_depth: 12,
        black_level_adu: 60,
        prnu: 0.008,
        dsnu_e: 15,
        row_pattern_e: 15,
        row_noise_e: 10,
        dark_current_e_s: 50,
      },
      front_working_distance_um: 250,
    },
    photons_per_um2_s: 3.6 * LAMP,
    fields: [
      { kind: "illumination_profile", falloff: 0.8 },
      { kind: "vignette", falloff: 0.55 },
      { kind: "leakage", profile: "gaussian", level: 0.05 },
    ],
  },
  generic_1p: {
    title: "A generic 1-photon scope with a flat field",
    source: "The library's defaults",
    // Estimate: half of full scale is what the lamp makes of a background, 3000 to 5000 e⁻.
    acquisition: { image_sensor: { gain_adu_per_e: 0.03 } },
    photons_per_um2_s: 1e5,
    fields: [],
    on_a_table: true,
  },
} as const satisfies Record<string, Scope>);

export type ScopeName = keyof typeof scopes;
