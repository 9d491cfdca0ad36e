// Lesson 5: where methods begin to look for cells, and how background and motion mislead them.
import type { Lesson } from "./lesson.ts";

export const SEEDING: Lesson = {
  title: "Background, and where cells begin",
  screens: [
    {
      title: "Two numbers for every pixel",
      text: (
        <>
          <p>
            CNMF-E and its kin begin with seeds. A filter as wide as a cell takes the haze away;
            then each pixel has a peak over its noise (PNR), and a correlation with its neighbours.
            Seeds are peaks of the first that pass both thresholds.
          </p>
          <p>
            Every dot below is a peak of this movie. Filled green ones lie on a cell that can be
            detected within the ten seconds. Move the thresholds.
          </p>
        </>
      ),
      setup: { stage: "sensor" },
      readout: "candidates",
      question: {
        ask: "At a PNR of 5, which share of the seeds will lie on a cell?",
        options: ["Nearly all", "About half", "About a fifth"],
        right: 2,
        because:
          "About a fifth: 52 of 239. What moves behind a filter looks like a cell that flickers, above all at the edges of vessels. All but three of the detectable cells have a seed, so what is wrong here is precision, not recall.",
      },
    },
    {
      title: "The same tissue, held still",
      text: (
        <p>
          Motion is switched off, as if registration had been perfect. Cells, spikes and noise are
          the same ones.
        </p>
      ),
      setup: {
        stage: "sensor",
        steps: [
          "place_neurons",
          "cell_activity",
          "bleaching",
          "optics",
          "composite",
          "neuropil",
          "vasculature",
          "illumination_profile",
          "vignette",
          "leakage",
          "sensor",
        ],
      },
      readout: "candidates",
      question: {
        ask: "Of the 239 seeds at a PNR of 5, how many are left when nothing moves?",
        options: ["Most of them", "About half", "A tenth"],
        right: 2,
        because:
          "A tenth, 24, and two thirds of these lie on cells. Register before you look for seeds: no threshold separates the others half as well.",
      },
    },
    {
      title: "Less background",
      text: (
        <p>
          A filter takes the mean of the haze away, not its noise, which comes with every photon.
          Turn the level down to a tenth, as after labelling that is sparse, and look at both
          numbers under the plot.
        </p>
      ),
      setup: { stage: "sensor" },
      knobs: [["neuropil", "level"]],
      readout: "candidates",
      question: {
        ask: "Check: with a tenth of the background, what happens to the cells that can be detected within these ten seconds?",
        options: [
          "They stay the same: the filter had removed it",
          "They double",
          "They vanish with the light",
        ],
        right: 1,
        because:
          "They double, from 16 to 35. Background costs twice: its shape misleads, and its photons are noise. Only the first can be filtered away.",
      },
      task: {
        ask: "With the level of the background alone, make at least 80 of the window's cells detectable over the whole recording (61 are at first).",
        holds: ({ census, onlyChanged }) => census.detectableCount >= 80 && onlyChanged("level"),
        because: "It is labelling and optics that set this level; no analysis does.",
      },
    },
  ],
  sources: [
    "Zhou et al. 2018, eLife 7:e28728 (CNMF-E: PNR, local correlation, the ring model)",
    "Dong et al. 2022, eLife 11:e70661 (minian: seeds from many maxima)",
  ],
  notes: {
    minutes: 25,
    before:
      "After lessons 1 and 4. Each change of the movie takes about ten seconds to be filtered.",
    aims: [
      "explain PNR and local correlation, and set both thresholds by a plot",
      "tell what a filter of the background can remove and what it cannot",
      "say why registration comes first",
    ],
    watch: [
      "Thresholds of a paper are taken for constants: let students find others for the still movie.",
      "A seed on a dim cell is no mistake: ask where it appears in recall and precision (lesson 3).",
    ],
  },
};
