// Lesson 7: photons as a budget: how many, how long, and what they cost.
import type { Lesson } from "./lesson.ts";

export const LIGHT: Lesson = {
  title: "The light budget",
  screens: [
    {
      title: "Photons per frame",
      text: (
        <p>
          A pixel collects what the tissue sends, times the aperture, times the time a frame is
          open. Read the photons of the median pixel below, its noise, and the share of the scale
          that it fills.
        </p>
      ),
      setup: { stage: "sensor" },
      knobs: [
        ["sensor", "photons_per_um2_s"],
        ["acquisition", "fps"],
      ],
      readout: "counts",
      question: {
        ask: "Half the frame rate gives each frame twice the photons. What happens to the 61 cells that can be detected in the window?",
        options: [
          "More are: less noise in each frame",
          "Fewer are: counts reach the end of the scale",
          "The same are",
        ],
        right: 1,
        because:
          "Eleven are left. The lamp was set so that 20 frames/s fill the scale well; twice as much saturates, and what is saturated is flat. Halve the light along with the rate.",
      },
    },
    {
      title: "The aperture is not free",
      text: (
        <p>
          Light rises with NA², sharpness in depth falls with it, and the scale of the sensor is
          where it was. Turn the aperture and watch the counts and the depth of field.
        </p>
      ),
      setup: { stage: "sensor" },
      knobs: [
        ["optics", "na"],
        ["sensor", "photons_per_um2_s"],
      ],
      readout: "counts",
      question: {
        ask: "From an NA of 0.3 to 0.4, and nothing else: what happens?",
        options: [
          "More cells are detectable",
          "About half as many are",
          "Nothing: the sensor limits",
        ],
        right: 1,
        because:
          "33 instead of 61: the light is 1.8 times as much and saturates. To 0.2 they fall to 35, because less than half of the light is left. An aperture is changed together with the lamp.",
      },
    },
    {
      title: "Length is light, too",
      text: (
        <p>
          A cell is detectable by its largest transient. In a longer recording there are more of
          them, and each one is a chance.
        </p>
      ),
      setup: { stage: "sensor" },
      knobs: [["acquisition", "duration_s"]],
      readout: "counts",
      task: {
        ask: "By the duration alone, make at least 80 cells in the window detectable.",
        holds: ({ census, onlyChanged }) =>
          census.detectableCount >= 80 && onlyChanged("duration_s"),
        because: "Ten minutes do: 91. It is the cheapest light there is, as long as nothing fades.",
      },
    },
    {
      title: "What fades",
      text: (
        <p>
          Excitation destroys the fluorophore it excites. Usually that takes hours. The first slider
          is how easily: raise it by hundreds. The second is the lamp, relative to the usual.
        </p>
      ),
      setup: { stage: "sensor", cells: [20, 60, 100] },
      knobs: [
        ["bleaching", "bleach_susceptibility"],
        ["bleaching", "excitation_intensity"],
      ],
      readout: "counts",
      question: {
        ask: "Check: a dye that loses 1 % a second, recorded for 150 s. How many of the 61 cells remain detectable?",
        options: ["About half", "About a third", "Hardly any"],
        right: 2,
        because:
          "Two. Everything fades together, background as well, and what is left has to be told from the noise of the sensor. A baseline that is fitted afterwards evens the trace, and brings no photon back.",
      },
    },
  ],
  sources: [
    "Janesick 2007, Photon Transfer, SPIE (sensor noise)",
    "Aharoni & Hoogland 2019, Front. Cell. Neurosci. 13:141 (miniscopes)",
    "Wilt, Fitzgerald & Schnitzer 2013, Biophys. J. 104:51 (photon shot noise and detection)",
  ],
  notes: {
    minutes: 20,
    before: "After lesson 1.",
    aims: [
      "add up the photons of a pixel and frame, and the noise that they bring",
      "say which knobs spend light and which only move it",
      "see saturation before it is in the data",
    ],
    watch: [
      "“More light is better”: every screen has a place where it is not.",
      "Detectable is a property of the whole recording: a longer one has more detectable cells without any better frame.",
    ],
  },
};
