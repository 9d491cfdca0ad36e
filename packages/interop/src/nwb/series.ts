// Which RoiResponseSeries is calcium and which spikes, by the names that writers give them. Names that nobody knows are not guessed.
import type { H5Source } from "../h5/index.ts";
import type { Reading } from "../reading.ts";
import { chosen, type Found, findTyped } from "./find.ts";
import type { ReadSettings } from "./settings.ts";

// In order of preference. Of a series in a container of suite2p (Fluorescence/plane0), the container's name counts.
const CALCIUM = [/denoised/i, /^RoiResponseSeries$/i, /dff|df_?over_?f/i, /^fluorescence$|raw/i];
const SPIKES = [/deconv/i, /spike/i];
/** Neither: what surrounds cells, what they rest at, another channel. */
const OTHER = /neuropil|background|baseline|bleach|chan2/i;
const NONE = "none";

const TYPE = "RoiResponseSeries";

export const findSeries = (source: H5Source): Found[] => findTyped(source, "/processing", [TYPE]);

/**
 * The series to score as C or S; null where there is none.
 * @throws InteropError "unsupported" that lists the series, where their names leave it open.
 */
export function choose(
  source: H5Source,
  all: readonly Found[],
  kind: "C" | "S",
  settings: ReadSettings,
  reading: Reading,
): Found | null {
  const setting = kind === "C" ? "traces" : "spikes";
  const wanted = settings[setting];
  if (wanted === NONE) return null;
  if (wanted !== undefined) return chosen(source, TYPE, all, wanted, setting);
  // What the caller has chosen for one is not the other.
  const taken = [settings.traces, settings.spikes].map((path) => path?.replace(/^\/+|\/+$/g, ""));
  const series = all.filter(({ path }) => !taken.includes(path.slice(1)));
  const spikes = series.filter((one) => rankOf(one, SPIKES) !== null && !isOther(one));
  const rest = series.filter((one) => rankOf(one, SPIKES) === null && !isOther(one));
  if (kind === "S") return best(source, spikes, SPIKES, setting);
  const known = best(source, rest, CALCIUM, setting);
  if (known && rest.length > 1) {
    reading.note(`C is ${known.path}, preferred among ${rest.length} series (the setting traces).`);
  }
  if (known || rest.length === 0) return known;
  const [only] = rest;
  if (rest.length > 1) throw open(source, rest, setting);
  reading.note(`C is ${only!.path}, the only series that can be; its name tells nothing.`);
  return only!;
}

/** The series whose name is preferred most. */
function best(
  source: H5Source,
  series: readonly Found[],
  patterns: readonly RegExp[],
  setting: string,
): Found | null {
  const ranked = series.flatMap((one) => {
    const rank = rankOf(one, patterns);
    return rank === null ? [] : [{ one, rank }];
  });
  const first = Math.min(...ranked.map(({ rank }) => rank));
  const fits = ranked.filter(({ rank }) => rank === first).map(({ one }) => one);
  if (fits.length > 1) throw open(source, fits, setting);
  return fits[0] ?? null;
}

/** By the first pattern that fits, and among those of one pattern by the next that does, such as the container's. */
function rankOf({ name, container }: Found, patterns: readonly RegExp[]): number | null {
  const fits = patterns.map((pattern) => pattern.test(name) || pattern.test(container));
  if (!fits.includes(true)) return null;
  const first = fits.indexOf(true);
  const second = fits.indexOf(true, first + 1);
  return first * patterns.length + (second < 0 ? patterns.length - 1 : second);
}

const isOther = ({ name, container }: Found): boolean => OTHER.test(name) || OTHER.test(container);

const open = (source: H5Source, series: readonly Found[], setting: string) =>
  source.unsupported(
    "/processing",
    `holds several series that can be ${setting} (${series.map(({ path }) => path).join(", ")}); choose one with the setting ${setting}, or ${NONE}`,
  );
