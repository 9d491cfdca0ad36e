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
      question: {
        ask: "The light is dimmed and the method stays the same. Can its recall over detectable cells rise?",
        options: ["No: there is less to see", "Yes: the hard cells leave the denominator"],
        right: 1,
        because:
          "Yes: the cells that were hardest are no longer detectable, and are not asked for. A recall without its denominator cannot be compared.",
      },
      task: {
        ask: "By the photons alone, halve the denominator: at most 30 detectable cells in the window, and more than none.",
        holds: ({ census, onlyChanged }) =>
          census.detectableCount > 0 &&
          census.detectableCount <= 30 &&
          onlyChanged("photons_per_um2_s"),
        because: "The cells are all still there. Only the question has become easier.",
      },
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
      question: {
        ask: "A change gives 5 more cells under one seed, and the counts differ by 10 from seed to seed. Is it a gain?",
        options: [
          "No: 5 is less than 10",
          "It cannot be told from one seed: pair the seeds and look at the differences",
          "Yes: 5 is more than 0",
        ],
        right: 1,
        because:
          "Seeds that are paired share what makes counts differ, so the difference spreads less than they do. Take several, and look at the spread of the differences: Build has this under Compare.",
      },
    },
  ],
  sources: [
    "Giovannucci et al. 2019, eLife 8:e38173 (precision, recall and matching of footprints)",
    "Dong et al. 2022, eLife 11:e70661 (validation on simulated miniscope data)",
    "Song et al. 2021, J. Neurosci. Methods 358:109173 (benchmarks with known truth)",
  ],
  notes: {
    minutes: 25,
    before: "After lessons 1 and 2.",
    aims: [
      "state the denominator of a recall",
      "compare matches with chance, and correlations with those of a wrong partner",
      "plan a comparison over paired seeds",
    ],
    watch: [
      "“Detectable” is taken for “bright”: it is a ratio to the noise, over the whole recording.",
      "One seed is taken for an experiment: ask for the spread before the mean.",
    ],
  },
};
