// Colour maps: 256 colours between a few anchors of rising lightness, so that they also read in grey; but for "change", whose middle is dark.

export type ColormapName = "gray" | "ember" | "lagoon" | "change";

/** 256 × RGB. */
export type Colormap = Uint8Array;

const ANCHORS: Readonly<Record<ColormapName, readonly string[]>> = {
  gray: ["#000000", "#ffffff"],
  // Night blue through magenta and orange to a warm white: for light.
  ember: [
    "#05060f",
    "#1a1040",
    "#45146b",
    "#75216f",
    "#a63268",
    "#d34a56",
    "#f1713f",
    "#fba23c",
    "#fbd46a",
    "#fdf8d8",
  ],
  // Deep violet through blue and green to yellow: for order, time, rank.
  lagoon: ["#3b2a7d", "#3a4fa0", "#2f78ad", "#2a9cab", "#3fbd95", "#83d671", "#d5e860"],
  // Blue, night in the middle, orange: for what is less, the same, more.
  change: ["#8fd0ff", "#2f7fd0", "#123a6b", "#0b0d14", "#70310c", "#d9772b", "#ffd28a"],
};

const made = new Map<ColormapName, Colormap>();

export function colormap(name: ColormapName): Colormap {
  const known = made.get(name);
  if (known) return known;
  const anchors = ANCHORS[name].map(rgb);
  const colors = new Uint8Array(256 * 3);
  for (let i = 0; i < 256; i++) {
    const place = (i / 255) * (anchors.length - 1);
    const low = Math.min(Math.floor(place), anchors.length - 2);
    for (let channel = 0; channel < 3; channel++) {
      const from = anchors[low]![channel]!;
      const to = anchors[low + 1]![channel]!;
      colors[3 * i + channel] = Math.round(from + (to - from) * (place - low));
    }
  }
  made.set(name, colors);
  return colors;
}

/** "#rrggbb" at `share` in [0, 1] of the map. */
export function colorAt(name: ColormapName, share: number): string {
  const index = Math.round(Math.min(1, Math.max(0, share)) * 255);
  const bytes = colormap(name).subarray(3 * index, 3 * index + 3);
  return `#${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function rgb(hex: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
}
