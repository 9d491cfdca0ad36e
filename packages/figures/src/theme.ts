// One dark, calm look for all figures: colours, type, distances in SVG units (1/96 inch).

export const theme = {
  background: "#0d1117",
  panel: "#131922",
  text: "#e2e8f0",
  muted: "#8b97a8",
  faint: "#2a3442",
  teal: "#4fd1c5",
  amber: "#f6ad55",
  rose: "#e0718a",
  blue: "#63a4ff",
  violet: "#b794f4",
  yellow: "#f6e05e",
  grey: "#a0aec0",
  font: "DejaVu Sans, Verdana, sans-serif",
  titleSize: 15,
  textSize: 11,
  margin: 26,
} as const;
