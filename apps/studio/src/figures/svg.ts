// A drawing of the page as a file of its own: what its style sheet says of it is written into it.
const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-opacity",
  "opacity",
  "font-size",
  "font-family",
  "text-anchor",
] as const;

export function svgFile(drawings: readonly SVGSVGElement[]): string {
  const GAP = 10;
  let top = 0;
  let width = 0;
  const parts = drawings.map((drawing) => {
    const { x, y, width: w, height: h } = drawing.viewBox.baseVal;
    const copy = drawing.cloneNode(true) as SVGSVGElement;
    const originals = [...drawing.querySelectorAll("*")];
    for (const [i, element] of [...copy.querySelectorAll("*")].entries()) {
      const style = getComputedStyle(originals[i]!);
      const own = STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";");
      element.setAttribute("style", own);
      element.removeAttribute("class");
    }
    const text = `<g transform="translate(${-x} ${top - y})">${copy.innerHTML}</g>`;
    top += h + GAP;
    width = Math.max(width, w);
    return text;
  });
  const ground = getComputedStyle(document.documentElement).getPropertyValue("--panel");
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 -8 ${width + 16} ${top + 16}"><rect x="-8" y="-8" width="100%" height="100%" fill="${ground || "#fff"}"/>${parts.join("")}</svg>\n`;
}
