// Lesson 1: the causes of a movie, one at a time, in the order in which the light meets them.
import type { Lesson } from "./lesson.ts";

export const ANATOMY: Lesson = {
  title: "Anatomy of a recording",
  screens: [
    {
      title: "What comes off the chip",
      text: (
        <>
          <p>
            A head-mounted miniscope looks down into the tissue through one small objective, with
            wide-field light and no sectioning. Every pixel adds up whatever glows in its cone of
            view: cells in focus, cells out of focus, fibres, leaked excitation. This is such a
            movie, ten seconds of it, with every cause switched on. Nine tenths of its light are
            background.
          </p>
          <p>
            Because it is simulated we can take it apart. On the next pages the causes come one at a
            time, in the order in which the light meets them. The rail above the movie shows where
            you are.
          </p>
        </>
      ),
      setup: {},
    },
    {
      title: "Cells alone",
      text: (
        <>
          <p>
            Each cell is a footprint, where its light lands, times a trace, how much light it gives.
            Spikes open a fast rise and a slow decay; the indicator, not the neuron, sets the
            half-second tail.
          </p>
          <p>
            The footprint is blurred by three things that add as squares: diffraction (∝ λ/NA),
            scatter on the way out (∝ depth), and defocus (∝ distance from the focal surface, times
            the slope of the cone of light). Here scatter is by far the widest. Light that scatters
            more comes out as a faint halo of 100 µm around each cell.
          </p>
          <p>
            More NA gathers more light (∝ NA²) and at the same time narrows what is sharp (∝ 1/NA²).
            Turn it and watch the light and the depth of field below.
          </p>
        </>
      ),
      setup: { stage: "cells_only" },
      knobs: [["optics", "na"]],
      readout: "counts",
      question: {
        ask: "From an NA of 0.3 to 0.2: what happens to the light of the cells?",
        options: ["It stays the same", "It falls to two thirds", "It falls to less than half"],
        right: 2,
        because: "To 0.44 of it: light goes with NA², and (0.2 / 0.3)² is 0.44.",
      },
    },
    {
      title: "Neuropil",
      text: (
        <>
          <p>
            Between the cell bodies lie dendrites and axons too fine to resolve, and cells too far
            from focus to be seen as such. Their haze is most of the light, and it is smooth. Most
            of it stands still. They carry activity too, so two percent of it move, within a second
            or so, and partly follow the population. That is as much light as a dim cell’s
            transient.
          </p>
          <p>
            Left of the line: cells alone. Right: with neuropil. Drag the line. Each side has a
            contrast of its own; lower the level until the cells stand out on the right too.
          </p>
        </>
      ),
      setup: { stage: "neuropil", against: "cells_only" },
      knobs: [
        ["neuropil", "level"],
        ["neuropil", "spatial_contrast"],
      ],
      question: {
        ask: "How much of the light of this movie comes from cell bodies?",
        options: ["Half", "A quarter", "A tenth or less"],
        right: 2,
        because: "A tenth or less. What you look for is the smallest part of what you see.",
      },
    },
    {
      title: "Vessels",
      text: (
        <>
          <p>
            Blood absorbs at excitation and emission wavelengths, so vessels above the cells cast
            dark branches. Their sizes follow Murray’s law: at a fork the cubes of the daughters’
            radii add up to the mother’s. A vessel far from focus is a wide soft shadow. Cells
            behind it lose light, and are that much harder to tell from the noise.
          </p>
        </>
      ),
      setup: { stage: "vasculature", against: "neuropil" },
    },
    {
      title: "Motion",
      text: (
        <>
          <p>
            The brain moves against the skull with every step and breath. To the sensor it is a
            rigid shift by fractions of a pixel to a few pixels; new tissue comes in at one edge as
            old tissue leaves at the other. The box in the corner traces the last frames.
          </p>
          <p>
            From here on everything that belongs to the tissue moves. What follows belongs to the
            instrument and stays where it is, which is why a fixed pattern is not removed by
            registering the movie.
          </p>
        </>
      ),
      setup: { stage: "brain_motion", against: "vasculature" },
      knobs: [["brain_motion", "motion_amplitude_um"]],
      question: {
        ask: "After the movie is registered, what moves in it?",
        options: ["Nothing", "Whatever belongs to the instrument", "The cells"],
        right: 1,
        because:
          "Shifting every frame back holds the tissue still and sets dust, pattern and shading in motion. Lesson 4 shows what that does.",
      },
    },
    {
      title: "Lamp, lens, leak",
      text: (
        <>
          <p>
            Excitation is strongest near the axis, the lens collects less from the edge, and some
            excitation passes the filters as a constant glow. The first two multiply: a cell at the
            corner is lit less <em>and</em> seen less. The third adds: it brings shot noise but no
            signal.
          </p>
          <p>
            This is the whole field, because its middle shows little of them. The sliders: the
            lamp’s light at the corner, and the leak’s at its brightest.
          </p>
        </>
      ),
      setup: { stage: "leakage", against: "brain_motion", wholeField: true },
      knobs: [
        ["illumination_profile", "falloff"],
        ["leakage", "level"],
      ],
    },
    {
      title: "The sensor",
      text: (
        <>
          <p>
            Photons arrive one by one. Where N are expected, √N is the scatter: four times the light
            is twice the signal to noise. Read noise comes on top and matters only in the dark. The
            chip adds a pattern of its own: pixels differ in sensitivity, and rows in their zero,
            some always, some anew in every frame. Then electrons become whole counts, and counts
            end at 2<sup>bits</sup> − 1.
          </p>
          <p>
            Lower the photons and look at the detectable cells. Double them, and more cells are
            detectable; double them again, and the counts saturate and hardly one is. A saturated
            transient is flat, and no analysis brings its top back.
          </p>
        </>
      ),
      setup: { stage: "sensor", against: "leakage" },
      knobs: [["sensor", "photons_per_um2_s"]],
      readout: "counts",
      question: {
        ask: "Four times the light: how many of the 61 detectable cells remain detectable?",
        options: ["More than 61", "About as many", "Hardly any"],
        right: 2,
        because:
          "Hardly any: the counts reach the end of the scale, and a transient on top of it is flat.",
      },
      task: {
        ask: "By the photons alone, make at least 64 of the window's cells detectable.",
        holds: ({ census, onlyChanged }) =>
          census.detectableCount >= 64 && onlyChanged("photons_per_um2_s"),
        because: "There is a best light: below it noise wins, above it the end of the scale.",
      },
    },
  ],
  sources: [
    "Aharoni & Hoogland 2019, Front. Cell. Neurosci. 13:141 (miniscopes)",
    "Murray 1926, PNAS 12:207 (vessel radii)",
    "Zhou et al. 2018, eLife 7:e28728 (background in one-photon movies)",
    "Janesick 2007, Photon Transfer, SPIE (sensor noise)",
  ],
  notes: {
    minutes: 30,
    before: "Nothing is assumed but what a microscope is.",
    aims: [
      "name the causes of a pixel's value in the order of the light",
      "tell what belongs to the tissue from what belongs to the instrument",
      "explain why there is a best light",
    ],
    watch: [
      "The haze is taken for noise: let students stop the movie and look whether it stays.",
      "Each side of a wipe has a contrast of its own, so brightness cannot be compared across the line.",
    ],
  },
};
