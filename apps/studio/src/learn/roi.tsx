// Lesson 2: cross-talk, neuropil, demixing with the truth, and where it breaks.
import type { Lesson } from "./lesson.ts";

export const ROI: Lesson = {
  title: "Why an ROI is not a cell",
  screens: [
    {
      title: "A region reads a sum",
      text: (
        <>
          <p>
            Draw a contour, average the pixels inside, call it the cell. That average is a sum over
            everyone whose light falls inside. Here are cells only: no background, no noise, nothing
            moves. Click cells: the coloured line is the true calcium, the grey line what the region
            inside the outline reads.
          </p>
          <p>
            Where a neighbour overlaps, its transients appear as yours. That is cross-talk, and it
            is there in a perfect movie.
          </p>
        </>
      ),
      setup: { stage: "cells_only", cells: [20, 60, 100] },
      readout: "traces",
    },
    {
      title: "Neuropil joins in",
      text: (
        <>
          <p>
            With neuropil every region reads the same haze besides its cell, and more of it than of
            the cell. Correlations with the truth drop, and correlations <em>between</em> regions
            rise: cells that have nothing to do with each other seem to work together.
          </p>
          <p>Compare the mean correlation of two cells as it is and as regions read it.</p>
        </>
      ),
      setup: { stage: "neuropil" },
      knobs: [["neuropil", "level"]],
      readout: "demix",
      question: {
        ask: "Two cells that have nothing to do with each other: how do their regions correlate once there is neuropil?",
        options: ["Less than the cells do", "As the cells do", "Far more than the cells do"],
        right: 2,
        because:
          "Far more: both read the same haze. A correlation between regions is no evidence for one between cells.",
      },
    },
    {
      title: "Demixing with the truth",
      text: (
        <>
          <p>
            If we knew every footprint, the frame would be a linear system: light = Σ footprint ×
            trace. Least squares undoes the overlap. Here it is given the <em>true</em> footprints,
            which no method has, so this is the best that demixing alone can do. On cells only it is
            all but exact: their halos are in no footprint.
          </p>
          <p>
            Constrained factorization (CNMF and its kin) estimates footprints and traces in turn.
          </p>
        </>
      ),
      setup: { stage: "cells_only" },
      readout: "demix",
    },
    {
      title: "Where it breaks: background",
      text: (
        <>
          <p>
            Neuropil is in nobody’s footprint. The constant in this fit takes up what is even about
            it; its hills and valleys are dealt out to the cells. Bright cells hardly notice. Most
            cells are dim, and carry more haze than calcium, so the median falls too. This is why
            one-photon methods need a model of the background beside the cells. Lower the level: a
            tenth of it is a far easier movie.
          </p>
        </>
      ),
      setup: { stage: "neuropil" },
      knobs: [["neuropil", "level"]],
      readout: "demix",
      question: {
        ask: "With a tenth of the background and the true footprints, how well does the median cell's trace follow its calcium?",
        options: ["Below 0.5", "About 0.8", "Above 0.9"],
        right: 2,
        because:
          "Above 0.9, and below 0.8 with all of the background. The footprints are the true ones in both: what differs is what nobody's footprint has.",
      },
      task: {
        ask: "By the level alone, make at least 80 of the window's cells detectable over the whole recording.",
        holds: ({ census, onlyChanged }) => census.detectableCount >= 80 && onlyChanged("level"),
        because: "Less background is less to model, and fewer photons of noise.",
      },
    },
    {
      title: "Where it breaks: motion and noise",
      text: (
        <>
          <p>
            Footprints that are one pixel off read the wrong light: choose <b>motion</b> on the
            rail, then turn its amplitude. Demixing suffers, because it subtracts neighbours
            sharply; plain averages hardly change, because they read mostly haze. Then choose{" "}
            <b>sensor</b>: where two footprints nearly coincide, telling them apart means taking
            differences of similar numbers, and noise is amplified.
          </p>
          <p>Register first, demix second, and distrust pairs that share most of their pixels.</p>
        </>
      ),
      setup: { stage: "brain_motion" },
      knobs: [
        ["brain_motion", "motion_amplitude_um"],
        ["sensor", "photons_per_um2_s"],
      ],
      readout: "demix",
    },
  ],
  sources: [
    "Pnevmatikakis et al. 2016, Neuron 89:285 (CNMF)",
    "Zhou et al. 2018, eLife 7:e28728 (CNMF-E)",
    "Giovannucci et al. 2019, eLife 8:e38173 (CaImAn)",
    "Stringer & Pachitariu 2019, Curr. Opin. Neurobiol. 55:22 (neuropil, spurious correlation)",
  ],
  notes: {
    minutes: 30,
    before:
      "After lesson 1. The read-out solves for all cells and takes some seconds at each change.",
    aims: [
      "write a region's mean as a sum over sources",
      "say what demixing needs, and what it cannot do even with it",
      "distrust a correlation between regions, and say what to compare it with",
    ],
    watch: [
      "Demixing is taken for a cure: ask what it was given that no method has.",
      "The median hides the bright cells, which hardly suffer: let students find some among the ticks.",
    ],
  },
};
