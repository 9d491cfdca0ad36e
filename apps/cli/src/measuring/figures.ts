// The figures of measures: photon transfer, spectrum of the mean frame, contrast by size, and the images that they were taken of.
import { imageFigure, type SeriesPanel, type SeriesPoint, seriesFigure } from "@minisim/figures";
import {
  type Pictures,
  powerByOctave,
  type RecordingMeasures,
  type Reference,
} from "@minisim/measures";
import { short } from "../print.ts";

/** Diagrams; those that a movie has too few values for are left out. */
export function diagrams(
  measures: RecordingMeasures,
  pictures: Pictures,
  references: readonly Reference[],
): string[] {
  return [
    photonTransferFigure(measures),
    spectrumFigure(measures, pictures),
    contrastFigure(measures, references),
  ].filter((svg) => svg !== null);
}

function photonTransferFigure({ photon_transfer_rows_removed }: RecordingMeasures): string | null {
  const { mean, variance, slope, intercept } = photon_transfer_rows_removed;
  if (mean.length < 2 || slope === null || intercept === null) return null;
  const groups = mean.map((x, k) => ({ x, y: variance[k]! }));
  const ends = [mean[0]!, mean.at(-1)!].map((x) => ({ x, y: intercept + slope * x }));
  return seriesFigure({
    title: "Photon transfer",
    subtitle: `pixels in groups by mean, rows' offsets removed; ${short(slope)} counts per electron`,
    panels: [
      panelOf("mean (counts)", "noise variance (counts²)", [
        ["groups of pixels", groups],
        ["line", ends],
      ]),
    ],
  });
}

function spectrumFigure({ fps }: RecordingMeasures, { frameMeans }: Pictures): string | null {
  const octaves = powerByOctave(frameMeans, fps);
  if (octaves.length < 2) return null;
  const points = octaves.map(({ frequency_hz, share }) => ({
    x: Math.log10(frequency_hz),
    y: share,
  }));
  return seriesFigure({
    title: "Spectrum of the mean frame",
    subtitle: "share of the power of the frame's mean in each octave",
    panels: [panelOf("log10 of frequency (Hz)", "share of power", [["this movie", points]])],
  });
}

function contrastFigure(
  { octave_contrast }: RecordingMeasures,
  references: readonly Reference[],
): string | null {
  const own = pointsOf(Object.entries(octave_contrast));
  if (own.length < 2) return null;
  const prefix = "octave_contrast.";
  const named = references.filter(({ measure }) => measure.startsWith(prefix));
  const recordings = [...new Set(named.map(({ recording }) => recording))];
  const theirs = recordings.map((recording) => {
    const some = named.filter((one) => one.recording === recording);
    const entries = some.map(
      ({ measure, value }) => [measure.slice(prefix.length), value] as const,
    );
    return [shortName(recording), pointsOf(entries)] as const;
  });
  return seriesFigure({
    title: "Contrast of the mean image by size",
    subtitle: "standard deviation of the log of light, in octaves of size",
    panels: [
      panelOf("log2 of size (px)", "contrast", [
        ["this movie", own],
        ...theirs.filter(([, points]) => points.length > 1),
      ]),
    ],
  });
}

const pointsOf = (entries: readonly (readonly [string, number | null])[]): SeriesPoint[] =>
  entries
    .filter((entry): entry is [string, number] => entry[1] !== null)
    .map(([size, y]) => ({ x: Math.log2(Number(size)), y }));

/** The first two words of a recording tell the microscope. */
const shortName = (recording: string): string =>
  recording
    .split(/[\s,]+/)
    .slice(0, 2)
    .join(" ");

function panelOf(
  x: string,
  y: string,
  lines: readonly (readonly [label: string, points: readonly SeriesPoint[]])[],
): SeriesPanel {
  const points = lines.flatMap(([, some]) => some);
  const xs = points.map((point) => point.x);
  const ys = points.map((point) => point.y ?? 0);
  return {
    x: { label: x, low: Math.min(...xs), high: Math.max(...xs) },
    y: { label: y, low: Math.min(0, ...ys), high: 1.05 * Math.max(...ys) },
    series: lines.map(([label, some]) => ({ label, points: some })),
  };
}

/** Mean, local correlation, and where all pixels were kept, peak to noise. */
export function images(
  { shape: [, height, width], pixel_size_um, cell_radius_px }: RecordingMeasures,
  { mean, localCorrelation, pnr }: Pictures,
): string[] {
  // Without a scale the bar is in units of which a pixel has one.
  const pixelSizeUm = pixel_size_um ?? 1;
  const images = [
    { title: "Mean", subtitle: "over time", label: "counts", data: mean },
    {
      title: "Local correlation",
      subtitle: "of a pixel with its neighbours, unfiltered",
      label: "correlation",
      data: localCorrelation,
    },
    ...(pnr === null
      ? []
      : [
          {
            title: "Peak to noise",
            subtitle: `after the filter of CNMF-E for cells of ${short(cell_radius_px)} px`,
            label: "PNR",
            data: pnr,
          },
        ]),
  ];
  return images.map(({ data, ...figure }) =>
    imageFigure({ ...figure, pixelSizeUm, field: { height, width, data } }),
  );
}
