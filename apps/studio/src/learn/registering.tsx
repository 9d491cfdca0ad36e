// Lesson 4: the motion that registration takes out, and what keeps it from doing so.
import type { Lesson } from "./lesson.ts";

export const REGISTERING: Lesson = {
  title: "Registering a movie that moves",
  screens: [
    {
      title: "What has to be undone",
      text: (
        <>
          <p>
            The tissue moves by a pixel or two, in bouts. Registration lays every frame on a
            template by the shift at which the two correlate best. The truth says where the tissue
            really was, so what is left can be measured: the difference of the two, less a constant,
            because the place of a template is arbitrary.
          </p>
          <p>
            This is the movie before lamp, lens and sensor. Large vessels are in it, and they are
            what registration holds on to.
          </p>
        </>
      ),
      setup: { stage: "brain_motion" },
      readout: "registration",
      question: {
        ask: "What will be left of the motion in this movie, without noise, when frames are laid on their mean?",
        options: ["Half of it", "A few hundredths of a pixel", "Nothing at all"],
        right: 1,
        because:
          "A few hundredths of a pixel: the mean of frames that moved is blurred, and what new tissue comes in at the edge is not in it. Less its surroundings, a frame shows edges of vessels alone, which lie more exactly.",
      },
    },
    {
      title: "The pattern that stays",
      text: (
        <p>
          Now the movie as the sensor gives it. Rows and columns have offsets of their own, some of
          them the same in every frame. They belong to the chip and do not move with the tissue. The
          last row of the table levels rows and columns and smooths before it takes the surroundings
          away.
        </p>
      ),
      setup: { stage: "sensor" },
      knobs: [["sensor", "photons_per_um2_s"]],
      readout: "registration",
      question: {
        ask: "A filter sharpened the edges before. What will it do to a movie with a fixed pattern?",
        options: [
          "It helps again",
          "It makes registration worse: the pattern is sharper still",
          "It makes no difference",
        ],
        right: 1,
        because:
          "The pattern is the sharpest structure there is, and it says “nothing has moved”. Frames stick to it, so nearly all of the motion is left. Level rows and columns and smooth first, and a twentieth of a pixel is left. With an eighth of the light, half a pixel is.",
      },
    },
    {
      title: "Something to hold on to",
      text: (
        <p>
          The vessels are switched off here. What remains is smooth haze with dim cells in it. Look
          at the table at <b>motion</b> on the rail, and at <b>sensor</b>.
        </p>
      ),
      setup: {
        stage: "brain_motion",
        steps: [
          "place_neurons",
          "cell_activity",
          "bleaching",
          "optics",
          "composite",
          "neuropil",
          "brain_motion",
          "illumination_profile",
          "vignette",
          "leakage",
          "sensor",
        ],
      },
      readout: "registration",
      question: {
        ask: "Check: your own recording has few vessels and registers badly. What do you change first?",
        options: [
          "Filter out what is smooth, and level the sensor's pattern",
          "Allow larger shifts",
          "Register against the first frame",
        ],
        right: 0,
        because:
          "Haze is as wide as the field and moves with the population, so frames as they are follow it: without vessels almost half of the motion is left even without noise, and with a filter a fiftieth of a pixel. At the sensor no filter of the three is enough any more: half a pixel is left. Then average frames, or choose a field with a vessel in it.",
      },
    },
  ],
  sources: [
    "Pnevmatikakis & Giovannucci 2017, J. Neurosci. Methods 291:83 (NoRMCorre)",
    "Dong et al. 2022, eLife 11:e70661 (minian: background removed before registering)",
  ],
  notes: {
    minutes: 20,
    before: "After lesson 1.",
    aims: [
      "say what a template is, and why a constant offset is no error",
      "tell structure of the tissue from structure of the chip",
      "choose a filter before registering, and give a reason for it",
    ],
    watch: [
      "“Sharper is better”: ask what else is sharp in the picture.",
      "Registered movies look still when the pattern of the chip is what stands still: let students look at a vessel.",
    ],
  },
};
