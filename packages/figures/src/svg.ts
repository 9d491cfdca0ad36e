// SVG as strings: elements, text, the frame that every figure shares.
import { theme } from "./theme.ts";

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** `<name a="1">children</name>`; undefined attributes are left out. */
export function element(name: string, attributes: Attributes, ...children: string[]): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(
      ([key, value]) =>
        ` ${key}="${typeof value === "number" ? digits(value) : escapeXml(value!)}"`,
    )
    .join("");
  return children.length === 0
    ? `<${name}${written}/>`
    : `<${name}${written}>${children.join("")}</${name}>`;
}

export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** At most two decimals: a hundredth of a pixel cannot be seen. */
export function digits(value: number): string {
  return `${Math.round(value * 100) / 100}`;
}

export interface TextStyle {
  readonly anchor?: "start" | "middle" | "end";
  readonly size?: number;
  readonly fill?: string;
  readonly weight?: "bold";
  /** Degrees, around the text's own position. */
  readonly rotate?: number;
}

export function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { anchor, size = theme.textSize, fill = theme.muted, weight, rotate } = style;
  const attributes = {
    x,
    y,
    "text-anchor": anchor,
    "font-size": size,
    fill,
    "font-weight": weight,
    transform: rotate === undefined ? undefined : `rotate(${rotate} ${digits(x)} ${digits(y)})`,
  };
  return element("text", attributes, escapeXml(words));
}

/** "M0 1L2 3…" through points. */
export function polyline(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? "M" : "L"}${digits(x)} ${digits(y)}`).join("");
}

export interface Page {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly subtitle?: string;
}

/** Height of the title block; what a figure draws starts below it. */
export const HEADER = theme.margin + 44;

/** A whole SVG document with background and title. */
export function page({ width, height, title, subtitle = "" }: Page, ...content: string[]): string {
  const { margin } = theme;
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      width,
      height,
      viewBox: `0 0 ${digits(width)} ${digits(height)}`,
      "font-family": theme.font,
      role: "img",
      "aria-label": title,
    },
    element("rect", { width, height, fill: theme.background }),
    text(margin, margin + 12, title, {
      size: theme.titleSize,
      fill: theme.text,
      weight: "bold",
    }),
    text(margin, margin + 30, subtitle),
    ...content,
  );
}
