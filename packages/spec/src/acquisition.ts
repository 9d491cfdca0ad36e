// The instrument and the session: optics, image sensor, tissue, frame rate, duration, focus.
import { z } from "zod";
import type { Frozen } from "./frozen.ts";
import { autoOr, count, fraction, nullable, quantity } from "./units.ts";

/** Objective and emission light. */
export const opticsSchema = z
  .strictObject({
    na: quantity({
      unit: "1",
      description: "Numerical aperture on the tissue side",
      min: 0.01,
      below: 1.33,
      source:
        "0.01: a bare lens far away; 1.33: n · sin θ stays below the refractive index of water",
    }).default(0.45),
    magnification: quantity({
      unit: "1",
      description: "Lateral magnification from tissue to sensor",
      min: 0.05,
      max: 200,
      source:
        "0.05: a camera lens over the whole head; 200: the strongest objectives with a tube lens",
    }).default(8),
    emission_nm: quantity({
      unit: "nm",
      description: "Wavelength of the emitted light",
      min: 200,
      max: 2000,
      source: "525: GCaMP; 200 to 2000: ultraviolet to the end of near infrared",
    }).default(525),
    depth_of_field_um: autoOr(
      quantity({
        unit: "µm",
        description: 'Half depth of field; "auto" is n λ / (2 NA²)',
        min: 0.01,
        max: 100_000,
        source: "0.01: less than any wavelength; 100000: everything is in focus",
      }),
    ).default("auto"),
    field_curvature_radius_um: nullable(
      quantity({
        unit: "µm",
        description: "Radius of the curved focal surface; null for a flat field",
        min: 1,
        max: 1e9,
        source: "1: smaller than a cell; 1e9: as good as flat",
      }),
    ).default(null),
  })
  .meta({ description: "Objective and emission light" });

/** The standard deviation of offsets that come after the photons, so that they have no shot noise. */
const offsetSpread = (of: string) =>
  quantity({
    unit: "e⁻",
    description: `Standard deviation of ${of}`,
    min: 0,
    max: 100_000,
    source: "100000: the full well of a large pixel",
  }).default(0);

/** The camera chip. */
export const imageSensorSchema = z
  .strictObject({
    n_px_height: count({
      description: "Rows of pixels",
      max: 8192,
      source: "8192: the largest scientific chips",
    }).default(256),
    n_px_width: count({
      description: "Columns of pixels",
      max: 8192,
      source: "8192: the largest scientific chips",
    }).default(256),
    pixel_pitch_um: quantity({
      unit: "µm",
      description: "Distance between pixel centres on the chip",
      min: 0.1,
      max: 1000,
      source: "0.1: below any chip's, for a pitch given in the tissue; 1000: heavily binned",
    }).default(3),
    quantum_efficiency: fraction({
      description: "Electrons per photon",
      min: 0.001,
    }).default(0.7),
    read_noise_e: quantity({
      unit: "e⁻",
      description: "Standard deviation of the read-out noise of a pixel",
      min: 0,
      max: 100_000,
      source: "100000: the full well of a large pixel",
    }).default(2),
    gain_adu_per_e: quantity({
      unit: "ADU/e⁻",
      description: "Counts of the converter per electron",
      min: 1e-6,
      max: 100_000,
      source: "1e-6: a full well makes no count; 100000: an electron fills 16 bits",
    }).default(1),
    adc_bits: autoOr(
      count({
        description:
          'Bits of the converter, of which the movie keeps the top bit_depth; "auto": as many as the movie has',
        max: 16,
      }),
    ).default("auto"),
    bit_depth: count({
      description: "Bits per count of the movie; counts are clipped to 2^bits − 1",
      max: 16,
    }).default(8),
    black_level_adu: quantity({
      unit: "ADU",
      description: "Counts that the converter gives in the dark",
      min: 0,
      max: 65_535,
      source: "65535: the largest count of 16 bits",
    }).default(0),
    full_well_e: nullable(
      quantity({
        unit: "e⁻",
        description: "Electrons that a pixel holds; null for no limit before the converter's",
        min: 1,
        max: 1e9,
        source: "1e9: beyond any pixel",
      }),
    ).default(null),
    dark_current_e_s: quantity({
      unit: "e⁻/s",
      description: "Mean dark current of a pixel, which has shot noise like light",
      min: 0,
      max: 1e9,
      source: "1e9: fills any pixel within a frame",
    }).default(0),
    prnu: fraction({
      description:
        "Photo-response non-uniformity: relative standard deviation of the pixels' sensitivities",
    }).default(0),
    dsnu_e: offsetSpread("the pixels' offsets (dark signal non-uniformity), fixed"),
    row_pattern_e: offsetSpread("the rows' offsets, fixed"),
    column_pattern_e: offsetSpread("the columns' offsets, fixed"),
    row_noise_e: offsetSpread("the rows' offsets, drawn anew for every frame"),
    hot_pixel_fraction: fraction({
      description: "Share of pixels whose dark current is that of a hot pixel",
    }).default(0),
    hot_pixel_current_e_s: quantity({
      unit: "e⁻/s",
      description: "Mean dark current of a hot pixel, drawn from an exponential distribution",
      min: 0,
      max: 1e9,
      source:
        "1e9: fills any pixel within a frame; 1000: an estimate, a hundred times a usual pixel's",
    }).default(1000),
  })
  .meta({ description: "Camera chip" });

/** Light loss and blur per depth. */
export const tissueSchema = z
  .strictObject({
    refractive_index: quantity({
      unit: "1",
      description: "Refractive index, which decides how steep the cone of light is in the tissue",
      min: 1,
      max: 2,
      source:
        "1.33: water, as the numerical aperture of the objective is given for; brain tissue is 1.36 to 1.4 (doi:10.1364/BOE.2.002258)",
    }).default(1.33),
    scatter_mfp_excitation_um: quantity({
      unit: "µm",
      description: "Mean free path of the (diffuse) excitation light",
      min: 1,
      max: 1e9,
      source: "Ma 2020, Neurophotonics 7:031208; 1e9: as good as clear",
    }).default(600),
    scatter_mfp_emission_um: quantity({
      unit: "µm",
      description: "Mean free path of the emitted light",
      min: 1,
      max: 1e9,
      source:
        "Al-Juboori 2013, PLoS ONE 8:e67626; Azimipour 2014, Biomed. Opt. Express; 1e9: as good as clear",
    }).default(100),
    scatter_blur_per_um: quantity({
      unit: "µm/µm",
      description: "Growth of the scatter blur (σ) per depth",
      min: 0,
      max: 10,
      source: "10: ten times wider than deep; fully diffuse light is about as wide as deep",
    }).default(0.05),
    halo_fraction: fraction({
      description:
        "Share of the emitted light that scatters and still reaches the lens, as a wide halo around each cell",
      source:
        "0: none, as if scattered light vanished; estimate 0.5: half goes down, is absorbed or leaves beside the lens (scattering is mostly forward)",
    }).default(0),
    halo_width: quantity({
      unit: "µm/µm",
      description: "Width (σ) of the halo per depth",
      min: 0.05,
      max: 10,
      source:
        "estimate: 0.22 for light that scattered once or twice (small angles, g = 0.9), about 1 for diffuse light; 0.05: no wider than the scatter blur; 10: ten times wider than deep",
    }).default(0.5),
  })
  .meta({ description: "Light loss and blur in the tissue" });

/** A first row or column, counted from 0. */
const firstPixel = (of: string) =>
  quantity({
    unit: "px",
    description: `First ${of} of the sensor that is recorded, counted from 0`,
    min: 0,
    max: 8191,
    integer: true,
    source: "8191: the last of the largest scientific chips",
  });

/** The part of the sensor that is recorded. */
export const windowSchema = z
  .strictObject({
    top: firstPixel("row").default(0),
    left: firstPixel("column").default(0),
    height: count({
      description: "Rows that are recorded",
      max: 8192,
      source: "8192: the largest scientific chips",
    }),
    width: count({
      description: "Columns that are recorded",
      max: 8192,
      source: "8192: the largest scientific chips",
    }),
  })
  .meta({
    description:
      "The part of the sensor that is recorded: its pixels have the bytes that they have in a recording of all. All of the sensor where absent",
  });

/** Everything about the recording that is not an effect step. */
export const acquisitionSchema = z
  .strictObject({
    optics: opticsSchema.prefault({}),
    image_sensor: imageSensorSchema.prefault({}),
    window: windowSchema.optional(),
    tissue: tissueSchema.prefault({}),
    fps: quantity({
      unit: "Hz",
      description: "Frames per second",
      min: 1e-4,
      max: 1000,
      source: "1e-4: a frame in three hours; 1000: faster than any miniscope",
    }).default(20),
    duration_s: quantity({
      unit: "s",
      description: "Length of the recording",
      min: 0.001,
      max: 86_400,
      source: "0.001: a frame at 1000 Hz; 86400: a day",
    }).default(150),
    exposure_fraction: fraction({
      description: "Share of the time between two frames in which the shutter is open",
      min: 1e-6,
      source: "1: a rolling shutter that waits for nothing; 1e-6: a microsecond of a second",
    }).default(1),
    focal_depth_in_tissue_um: autoOr(
      quantity({
        unit: "µm",
        description:
          'Depth of the focal plane below the tissue surface; "auto" focuses on the cells',
        min: 0,
        max: 10_000,
        source: "10000: through the whole brain of a mouse",
      }),
    ).default("auto"),
    front_working_distance_um: nullable(
      quantity({
        unit: "µm",
        description: "Distance from the front lens to the focus; informational",
        min: 1,
        max: 1e6,
        source: "1e6: a metre",
      }),
    ).default(null),
  })
  .meta({ description: "Instrument and session" });

export type Optics = Frozen<z.output<typeof opticsSchema>>;
export type ImageSensor = Frozen<z.output<typeof imageSensorSchema>>;
export type Tissue = Frozen<z.output<typeof tissueSchema>>;
export type Acquisition = Frozen<z.output<typeof acquisitionSchema>>;
export type AcquisitionInput = z.input<typeof acquisitionSchema>;
