// From light to counts: expected electrons, noise floor, detection signal-to-noise, containers of counts.
export { countsDtype, maxCount } from "./counts.ts";
export {
  DETECTABLE_SNR,
  type DetectionInput,
  detectionSnr,
  shownRise,
  type TraceRange,
  traceRange,
} from "./detection.ts";
export {
  type Exposure,
  expectedElectrons,
  exposureOf,
  exposureWith,
  fullScaleE,
  type ImageSensor,
  noiseSigmaE,
  photonsPerUnit,
} from "./exposure.ts";
export { nearestPixel, sampleFieldAt } from "./sample-field.ts";
