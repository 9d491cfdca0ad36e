// The built-in steps. This list and the apps are the only places that know them all.
import { acquisitionFaults } from "@minisim/step-acquisition-faults";
import { bleaching } from "@minisim/step-bleaching";
import { brainMotion } from "@minisim/step-brain-motion";
import { cellActivity } from "@minisim/step-cell-activity";
import { composite } from "@minisim/step-composite";
import { hemodynamics } from "@minisim/step-hemodynamics";
import { illuminationDrift } from "@minisim/step-illumination-drift";
import { illuminationProfile } from "@minisim/step-illumination-profile";
import { leakage } from "@minisim/step-leakage";
import { neuropil } from "@minisim/step-neuropil";
import { optics } from "@minisim/step-optics";
import { placeNeurons } from "@minisim/step-place-neurons";
import { sensor } from "@minisim/step-sensor";
import { vasculature } from "@minisim/step-vasculature";
import { vignette } from "@minisim/step-vignette";

export const builtinSteps = [
  placeNeurons,
  cellActivity,
  bleaching,
  optics,
  composite,
  neuropil,
  vasculature,
  hemodynamics,
  brainMotion,
  illuminationProfile,
  vignette,
  leakage,
  illuminationDrift,
  sensor,
  acquisitionFaults,
] as const;
