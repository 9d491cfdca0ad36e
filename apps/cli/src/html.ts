// Words and figures as parts of a page.

export const escapeHtml = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");

/** The colours of figures, by what the page calls them: figures are dark, a page may be light. */
const COLORS: Readonly<Record<string, string>> = {
  "#0d1117": "--ground",
  "#131922": "--panel",
  "#e2e8f0": "--text",
  "#8b97a8": "--muted",
  "#2a3442": "--faint",
  "#4fd1c5": "--first",
  "#f6ad55": "--second",
  "#e0718a": "--third",
};

/** An SVG inside of a page: in the page's colours, its identifiers its own. */
function inlineFigure(svg: string, mark: string): string {
  return svg
    .replaceAll(/ id="([^"]+)"/g, ` id="${mark}-$1"`)
    .replaceAll(/url\(#([^)]+)\)/g, `url(#${mark}-$1)`)
    .replaceAll(/"(#[0-9a-f]{6})"/g, (whole, color: string) => {
      const name = COLORS[color];
      return name === undefined ? whole : `"var(${name})"`;
    });
}

const dark = Object.entries(COLORS).map(([color, name]) => `${name}: ${color}`);

/** The same names on white: dark enough to be read on it (contrast of 4.5 or more for words, 3 for marks). */
const light = [
  "--ground: #ffffff",
  "--panel: #f4f6f9",
  "--text: #17202c",
  "--muted: #566274",
  "--faint: #ccd4de",
  "--first: #0c857a",
  "--second: #b36200",
  "--third: #b93a58",
];

const STYLE = `
:root { color-scheme: light dark; ${light.join("; ")} }
@media (prefers-color-scheme: dark) { :root { ${dark.join("; ")} } }
body { background: var(--ground); color: var(--text); font: 14px/1.5 system-ui, sans-serif; margin: 32px auto; max-width: 1240px; padding: 0 20px }
h1 { font-size: 20px; margin: 0 0 4px; overflow-wrap: anywhere }
h2 { font-size: 15px; margin: 32px 0 8px }
p { color: var(--muted); margin: 4px 0; max-width: 78ch }
ul { color: var(--muted); padding-left: 18px }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 12px 0; width: 100% }
th, td { border-bottom: 1px solid var(--faint); font-weight: normal; padding: 4px 14px 4px 0; text-align: left }
thead th { color: var(--muted); white-space: nowrap }
.number { text-align: right; white-space: nowrap }
tbody th { overflow-wrap: anywhere }
tbody .name { overflow-wrap: normal; vertical-align: top; white-space: nowrap }
td.bar { width: 240px }
td.bar svg { display: block; height: 16px; min-width: 96px; width: 100% }
.off { color: var(--second) }
.in { color: var(--first) }
.figures { display: grid; gap: 20px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 380px), 1fr)) }
.figures svg { display: block; height: auto; max-width: 100% }
.images { grid-template-columns: repeat(auto-fill, minmax(min(100%, 520px), 1fr)); margin-top: 20px }
@media (max-width: 720px) {
  thead, .n { display: none }
  tbody tr { border-bottom: 1px solid var(--faint); display: grid; gap: 0 10px; grid-template-columns: 1fr 1.6fr 2fr; padding: 6px 0 }
  th, td { border: 0; padding: 1px 0 }
  tbody th { color: var(--muted); grid-column: 1 / 3 }
  td.number { text-align: left }
  td.bar { width: auto }
  .verdict { grid-column: 3; grid-row: 1; text-align: right }
  td:only-of-type { grid-column: 1 / -1; overflow-wrap: anywhere }
}
`;

/** A page that needs no other file. `title` and `body` are HTML. */
export const htmlPage = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${STYLE}</style>
${body}
</html>
`;

/** Figures of one page, one after the other; `mark` is theirs alone. */
export const inlineFigures = (figures: readonly string[], mark: string): string =>
  figures.map((svg, index) => `<div>${inlineFigure(svg, `${mark}${index}`)}</div>`).join("\n");
