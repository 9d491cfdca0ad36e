// Lesson 6: from traces to spikes, and how finely in time.
import type { Lesson } from "./lesson.ts";

export const SPIKES: Lesson = {
  title: "Spikes from traces",
  screens: [
    {
      title: "Undoing the decay",
      text: (
        <>
          <p>
            Each spike adds a jump that decays within a third of a second. Knowing the decay,
            deconvolution asks for the jumps: none negative, as few as explain the trace. Here there
            are cells alone, no background and no noise of the sensor.
          </p>
          <p>
            The table correlates what it finds with the true spikes, both counted in bins of time.
          </p>
        </>
      ),
      setup: { stage: "cells_only", cells: [20, 60, 100] },
      knobs: [["cell_activity", "tau_decay_s"]],
      readout: "spikes",
      question: {
        ask: "At 20 frames/s and without noise, in which bins will spikes be told almost exactly?",
        options: ["In bins of 0.1 s", "In bins of 0.5 s", "In none"],
        right: 1,
        because:
          "In bins of half a second the median cell reaches 0.98, in bins of 0.1 s 0.61: the rise of the indicator smears a spike over several frames, and neighbours overlap.",
      },
    },
    {
      title: "Fewer frames",
      text: (
        <p>
          Sampling bounds what time there is to tell. Change the frame rate; the cells fire the same
          spikes. A dash stands where a bin is shorter than a frame.
        </p>
      ),
      setup: { stage: "cells_only", cells: [20, 60, 100] },
      knobs: [["acquisition", "fps"]],
      readout: "spikes",
      question: {
        ask: "At 5 frames/s, what becomes of bins of half a second?",
        options: ["They stay at 0.98", "They fall to about 0.8", "They fall to 0"],
        right: 1,
        because:
          "To 0.83 in the median cell. The decay spans two frames, so a jump is seen, but a spike falls into one of two bins by chance.",
      },
    },
    {
      title: "As it is recorded",
      text: (
        <p>
          The same regions on the sensor's movie. They read haze, neighbours and noise, and
          deconvolution takes whatever rises for spikes.
        </p>
      ),
      setup: { stage: "sensor", cells: [20, 60, 100] },
      knobs: [
        ["sensor", "photons_per_um2_s"],
        ["neuropil", "level"],
      ],
      readout: "spikes",
      question: {
        ask: "Check: your spikes correlate with behaviour at 0.4 in bins of 1 s. What bounds them first in a movie like this one?",
        options: ["The frame rate", "The background in the region", "The indicator's decay"],
        right: 1,
        because:
          "The background: on cells alone bins of a second reach 0.99, on the sensor's movie 0.43 in the median cell. Demix first; frame rate and indicator come after it.",
      },
    },
  ],
  sources: [
    "Friedrich, Zhou & Paninski 2017, PLoS Comput. Biol. 13:e1005423 (OASIS)",
    "Theis et al. 2016, Neuron 90:471 (spikes from calcium, scored in bins)",
  ],
  notes: {
    minutes: 20,
    before: "After lesson 2.",
    aims: [
      "say what deconvolution assumes, and what it takes for spikes when that fails",
      "choose the bin of a score from frame rate and indicator",
    ],
    watch: [
      "A result without its bin says nothing: ask for it whenever a correlation is named.",
      "The numbers of spikes stay arbitrary: correlation forgives the scale.",
    ],
  },
};
