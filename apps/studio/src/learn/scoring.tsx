// Lesson 3: denominators, matches, correlations, seeds.
import { DETECTABLE_DPRIME } from "../engine/limits.ts";
import type { Lesson } from "./lesson.ts";

export const SCORING: Lesson = {
  title: "How to score without fooling yourself",
  screens: [
    {
      title: "Recall of what?",
      text: (
        <>
          <p>
            “We found 90 % of the cells.” Of which? Of all that were planted; of those in view; of
            those whose light rises above the noise at all? The three counts below differ, and a
            method can be made to look good by choosing one in silence.
          </p>
          <p>
            A cell counts as detectable here when its largest transient is at least{" "}
            {DETECTABLE_DPRIME} times the error with which anybody who knows its footprint could
            read it (its d′), and at least half of its light falls inside the field: a good pipeline
            finds half of the cells of that d′. Dim the light: the denominator shrinks, and a recall
            over detectable cells may even rise while the recording gets worse. State it.
          </p>
        </>
      ),
      setup: { stage: "sensor" },
      knobs: [["sensor", "photons_per_um2_s"]],
      readout: "counts",
    },
    {
      title: "What counts as found",
      text: (
        <>
          <p>
            A match needs a rule: distance between centres, or overlap of footprints, with a
            threshold, and each true cell matched at most once. With dense cells a loose rule finds
            partners by chance. Colour the outlines by SNR and imagine discs of 10 µm thrown at
            random: many would hit.
          </p>
          <p>
            So report recall <em>and</em> precision, show both against the threshold, and compare
            with the same number of detections placed at random.
          </p>
        </>
      ),
      setup: { preset: "miniscope_v4/ca1", stage: "sensor" },
      knobs: [["place_neurons", "populations"]],
      readout: "counts",
    },
    {
      title: "Correlation flatters",
      text: (
        <>
          <p>
            A trace may correlate with the truth because both follow the population. Take the
            read-out below: if regions of two <em>different</em> cells already correlate, then a
            matched pair with the same value proves nothing. Subtract what a wrong partner gives.
          </p>
          <p>
            Correlation also forgives every scale and offset. Whoever needs ΔF/F or spike counts
            must score those.
          </p>
        </>
      ),
      setup: { stage: "sensor" },
      readout: "demix",
    },
    {
      title: "One knob, many seeds",
      text: (
        <>
          <p>
            A difference between two recordings is only about the knob if nothing else changed. Here
            randomness is keyed by what it is for: turn a knob and the same cells fire the same
            spikes under the same noise. Compare such pairs, not two unrelated recordings.
          </p>
          <p>
            Then change the seed. The spread over seeds is your error bar: how far the score moves
            when nothing of interest has changed. A gain smaller than that is not a gain. And a knob
            acts through all that it touches: at an NA of 0.6 every pixel saturates.
          </p>
        </>
      ),
      setup: { stage: "sensor" },
      knobs: [["optics", "na"]],
      readout: "seeds",
    },
  ],
  sources: [
    "Giovannucci et al. 2019, eLife 8:e38173 (precision, recall and matching of footprints)",
    "Dong et al. 2022, eLife 11:e70661 (validation on simulated miniscope data)",
    "Song et al. 2021, J. Neurosci. Methods 358:109173 (benchmarks with known truth)",
  ],
};
