// The figures as a whole: well-formed, complete, and truthful about what they draw.
import {
  footprintFigure,
  imageFigure,
  matchFigure,
  motionFigure,
  panelFigure,
  seriesFigure,
  traceFigure,
} from "@minisim/figures";
import { toPng } from "@minisim/figures/node";
import { FootprintStack } from "@minisim/footprint";
import { decode } from "fast-png";
import { describe, expect, test } from "vitest";

const field = (height: number, width: number) => ({
  height,
  width,
  data: Float64Array.from({ length: height * width }, (_, i) => i),
});
const common = { title: "A & B", subtitle: "below", pixelSizeUm: 2 };
const attributes = (svg: string, name: string): string[] =>
  [...svg.matchAll(new RegExp(` ${name}="([^"]*)"`, "g"))].map((match) => match[1]!);

function embedded(svg: string) {
  const uri = svg.match(/data:image\/png;base64,([^"]+)/)![1]!;
  return decode(Buffer.from(uri, "base64"));
}

describe("imageFigure", () => {
  test("holds the field pixel by pixel, mapped through range and colours", () => {
    const svg = imageFigure({
      ...common,
      label: "counts",
      field: { height: 1, width: 4, data: [Number.NaN, 0, 5, 99] },
      range: [0, 10],
      colormap: "gray",
    });
    const { width, height, channels, data } = embedded(svg);
    expect({ width, height, channels }).toEqual({ width: 4, height: 1, channels: 3 });
    const red = [...data].filter((_, i) => i % 3 === 0);
    expect(red).toEqual([0, 0, 128, 255]);
  });

  test("words are escaped, the title is said to screen readers", () => {
    const svg = imageFigure({ ...common, label: "counts", field: field(8, 8) });
    expect(svg).toContain('aria-label="A &amp; B"');
    expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;)/);
  });

  test("the scale bar is as long as it says", () => {
    // 64 px of 2 µm at 10 units a pixel: a quarter of the width is 32 µm, so the bar is 20 µm = 10 px = 100 units.
    const svg = imageFigure({ ...common, label: "counts", field: field(64, 64) });
    expect(svg).toContain(">20 µm</text>");
    expect(svg).toContain('width="100" height="3" fill="#ffffff"');
  });

  test("a constant field and one without numbers are drawn too", () => {
    for (const value of [3, Number.NaN]) {
      const data = new Float64Array(16).fill(value);
      const svg = imageFigure({ ...common, label: "counts", field: { height: 4, width: 4, data } });
      expect(svg).not.toMatch(/NaN|Infinity/);
    }
  });
});

describe("footprintFigure", () => {
  const stack = FootprintStack.from(
    [
      { row: 4, col: 4, height: 2, width: 2, data: new Float32Array([1, 1, 1, 1]) },
      { row: 10, col: 8, height: 1, width: 1, data: new Float32Array([2]) },
      { row: 0, col: 0, height: 0, width: 0, data: new Float32Array(0) },
    ],
    { height: 20, width: 20 },
  );
  const figure = { ...common, footprints: stack, detectable: [1, 0, 0], background: field(16, 16) };

  test("counts what it colours, and outlines lie where the cells are", () => {
    const svg = footprintFigure({ ...figure, fovOffset: [2, 2] });
    expect(svg).toContain(">1 detectable<");
    expect(svg).toContain(">2 not detectable<");
    const [hidden, seen] = attributes(svg, "d") as [string, string];
    // 16 px at 40 units; canvas pixel centres (4, 5) are 2.5 and 3.5 px into the field, half a pixel of outline around.
    const xs = [...seen.matchAll(/[ML]([\d.]+) ([\d.]+)/g)].map((point) => Number(point[1]));
    expect(Math.min(...xs)).toBe(26 + 2 * 40);
    expect(Math.max(...xs)).toBe(26 + 4 * 40);
    // One pixel of height 2 falls to half its peak half a pixel away: a diamond.
    expect(hidden.match(/[ML]/g)).toHaveLength(4);
  });

  test("no cells", () => {
    const none = FootprintStack.from([], { height: 20, width: 20 });
    expect(footprintFigure({ ...figure, footprints: none, fovOffset: [0, 0] })).toContain(
      ">0 detectable<",
    );
  });
});

describe("traceFigure", () => {
  test("a row per cell, a tick per spike", () => {
    const row = { name: "7", note: "3.2", trace: [0, 1, 0.5, 0], spikeTimesS: [0.05, 0.1, 0.15] };
    const svg = traceFigure({ ...common, rows: [row, { ...row, name: "8" }], fps: 20, frames: 4 });
    expect(svg).toContain(">7</text>");
    expect(svg).toContain(">8</text>");
    expect(svg.match(/v4/g)).toHaveLength(6);
  });

  test("a silent cell is a flat line", () => {
    const row = { name: "0", note: "–", trace: new Float64Array(5), spikeTimesS: [] };
    const svg = traceFigure({ ...common, rows: [row], fps: 20, frames: 5 });
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  test("an hour of frames stays a small picture", () => {
    const trace = Float64Array.from({ length: 72_000 }, (_, t) => t % 977);
    const svg = traceFigure({
      ...common,
      rows: [{ name: "0", note: "", trace, spikeTimesS: [] }],
      fps: 20,
      frames: 72_000,
    });
    // Two points for each of some 900 columns, twice (line and area), about 14 characters each.
    expect(svg.length).toBeLessThan(80_000);
  });
});

describe("motionFigure", () => {
  test("is in micrometres and at rest draws no nonsense", () => {
    const moving = motionFigure({ ...common, shifts: [0, 0, 5, 0, -5, 1], fps: 20 });
    // 5 px of 2 µm.
    expect(moving).toContain(">10<");
    expect(motionFigure({ ...common, shifts: new Float64Array(6), fps: 20 })).not.toMatch(
      /NaN|Infinity/,
    );
  });
});

describe("panelFigure", () => {
  const panels = [
    { field: { height: 1, width: 2, data: [0, 4] }, caption: "before" },
    { field: { height: 1, width: 2, data: [8, 2] }, caption: "after" },
  ];

  test("all panels share one range, that of all their values unless given", () => {
    const reds = (svg: string) =>
      [...svg.matchAll(/data:image\/png;base64,([^"]+)/g)].map(
        ([, uri]) => decode(Buffer.from(uri!, "base64")).data,
      );
    const svg = panelFigure({ ...common, panels, colormap: "gray", range: [0, 8] });
    const [before, after] = reds(svg) as [Uint8Array, Uint8Array];
    expect([before[0], before[3], after[0], after[3]]).toEqual([0, 128, 255, 64]);
    const [, brightest] = reds(panelFigure({ ...common, panels, colormap: "gray" }));
    // The largest value of both, 8, is beyond the 99.8th percentile: the end colour.
    expect(brightest![0]).toBe(255);
  });

  test("captions, one scale bar, rings where they belong", () => {
    const rings = [{ row: 0, col: 1, radius: 0.25, faint: true }];
    const svg = panelFigure({ ...common, panels: [panels[0]!, { ...panels[1]!, rings }] });
    expect(svg).toContain(">before</text>");
    expect(svg).toContain(">after</text>");
    expect(svg.match(/µm<\/text>/g)).toHaveLength(1);
    // 2 px at 120 units: the centre of pixel 1 is 180 units into the second panel, which begins at 26 + 240 + 14.
    expect(svg).toContain('cx="460"');
    expect(svg).toContain('r="30"');
    expect(svg).toContain("stroke-dasharray");
  });
});

test("toPng renders pictures and words at the scale asked for", async () => {
  const svg = imageFigure({ ...common, label: "counts", field: field(64, 64) });
  const [width, height] = ["width", "height"].map((name) => Number(attributes(svg, name)[0]));
  const png = decode(await toPng(svg, { scale: 1 }));
  expect([png.width, png.height]).toEqual([width, height]);
  // The title is there: light pixels in a strip that has nothing else.
  const strip = png.data.subarray(png.width * 24 * 4, png.width * 44 * 4);
  expect(strip.some((value, i) => i % 4 === 0 && value > 200)).toBe(true);
});

test("toPng with `small` keeps the picture and makes the file smaller", async () => {
  const svg = imageFigure({ ...common, label: "counts", field: field(64, 64) });
  const [whole, small] = [await toPng(svg), await toPng(svg, { small: true })];
  expect(small.length).toBeLessThan(whole.length);
  const [a, b] = [decode(whole), decode(small)];
  expect([b.width, b.height]).toEqual([a.width, a.height]);
  expect(b.palette!.length).toBeLessThanOrEqual(256);
  let total = 0;
  for (let i = 0; i < b.data.length; i++) {
    const color = b.palette![b.data[i]!]!;
    for (let c = 0; c < 3; c++) total += Math.abs(a.data[4 * i + c]! - color[c]!);
  }
  // A colour that is kept is off by less than its bin of 8 levels; over all pixels half of that is plenty.
  expect(total / (3 * b.data.length)).toBeLessThan(4);
});

describe("seriesFigure", () => {
  const axis = { label: "depth (µm)", low: 0, high: 100 };
  const share = { label: "recall", low: 0, high: 1 };
  const points = [
    { x: 0, y: 1, low: 0.5, high: 1 },
    { x: 50, y: null },
    { x: 75, y: 0.5 },
    { x: 100, y: 0 },
  ];
  const panel = { x: axis, y: share, series: [{ label: "ROI", points }] };
  const svg = seriesFigure({ ...common, panels: [panel, panel] });

  test("points stand where their values are, and a missing one is a gap", () => {
    const [cx, cy] = [attributes(svg, "cx"), attributes(svg, "cy")].map((list) => list.map(Number));
    const [first, second, third] = [0, 1, 2].map((i) => [cx![i]!, cy![i]!]);
    expect((second![0]! - first![0]!) / (third![0]! - first![0]!)).toBeCloseTo(0.75, 2);
    expect((second![1]! - first![1]!) / (third![1]! - first![1]!)).toBeCloseTo(0.5, 2);
    // Of the four points one is missing: the line joins the last two alone, in both panels.
    const lines = attributes(svg, "d");
    expect(lines).toHaveLength(2);
    expect(lines[0]!.match(/[ML]/g)).toEqual(["M", "L"]);
  });

  test("an interval is as tall as it is wide in value", () => {
    const bars = [...svg.matchAll(/<rect[^>]*width="1.5" height="([\d.]+)"/g)].map((m) =>
      Number(m[1]),
    );
    const panels = [...svg.matchAll(/<rect[^>]*width="300" height="([\d.]+)"/g)].map((m) =>
      Number(m[1]),
    );
    expect(bars).toHaveLength(2);
    expect(bars[0]! / panels[0]!).toBeCloseTo(0.5, 2);
  });

  test("a label has one entry in the legend, whatever the number of panels", () => {
    expect(svg.match(/>ROI</g)).toHaveLength(1);
  });
});

describe("matchFigure", () => {
  const footprints = FootprintStack.from(
    [
      { row: 1, col: 1, height: 3, width: 3, data: new Float32Array(9).fill(1) },
      { row: 4, col: 4, height: 2, width: 2, data: new Float32Array(4).fill(2) },
      { row: 0, col: 0, height: 1, width: 1, data: new Float32Array(1) },
    ],
    { height: 8, width: 8 },
  );
  const svg = matchFigure({
    ...common,
    background: field(8, 8),
    left: {
      footprints,
      group: [0, 1, 1],
      groups: [
        { label: "found", color: "teal" },
        { label: "missed", color: "rose" },
        { label: "split", color: "blue" },
      ],
    },
    right: { footprints, group: [0, 0, 0], groups: [{ label: "estimates", color: "teal" }] },
  });

  test("counts the members of each group, and outlines those that are lit", () => {
    for (const words of ["1 found", "2 missed", "3 estimates"]) expect(svg).toContain(`>${words}<`);
    const loops = attributes(svg, "d").map((d) => d.match(/Z/g)?.length ?? 0);
    expect(loops).toEqual([1, 1, 2]);
  });

  test("leaves a group without members out of the legend", () => {
    expect(svg).not.toContain("split");
  });
});
