// What of the page an address tells, beside the spec: each part by its name, with how it is read off the page and put back.
import type { Signal } from "@preact/signals";
import { DEFAULT_LIMITS, limitsOf, WHOLE } from "../engine/window-limits.ts";
import { lesson, screen } from "../learn/session.ts";
import { limits } from "../state/live.ts";
import { openedAddress, webAddress } from "../state/opened-address.ts";
import { type Page, page } from "../state/page.ts";
import { catalog } from "../state/spec.ts";
import {
  centre,
  frame,
  otherStage,
  outlineMode,
  palette,
  percentiles,
  playing,
  selected,
  showMotion,
  showVessels,
  stage,
  wipe,
  wiping,
  zoom,
} from "../state/view.ts";

export interface Part {
  readonly name: string;
  /** Null where it is as usual. */
  get(): string | null;
  /** @returns whether the text has a meaning; null: as usual. */
  set(text: string | null): boolean;
}

/** What a step back in the history undoes; the others go with it. */
export const PLACES: readonly Part[] = [
  choice("page", page, ["build", "generate", "learn"] satisfies Page[]),
  {
    name: "lesson",
    get: () => (page.value === "learn" ? `${lesson.value + 1}.${screen.value + 1}` : null),
    set(text) {
      const [number, at = 1] = (text ?? "1.1").split(".").map(Number);
      if (![number, at].every((one) => Number.isInteger(one) && one! >= 1)) return false;
      lesson.value = number! - 1;
      screen.value = at - 1;
      return true;
    },
  },
  {
    name: "open",
    get: () => unless(openedAddress.value, ""),
    set(text) {
      const address = text === null ? "" : webAddress(text);
      return address !== undefined && put(openedAddress, address);
    },
  },
];

const USUAL_SIDE = `${DEFAULT_LIMITS.side}`;

export const WINDOW: Part = {
  name: "window",
  get() {
    const { side, place } = limits.value;
    const size = side === WHOLE ? "whole" : `${side}`;
    if (place) return `${size}@${place.map(short).join(",")}`;
    return size === USUAL_SIDE ? null : size;
  },
  set(text) {
    const [size, at] = (text ?? USUAL_SIDE).split("@");
    const side = size === "whole" ? size : Number(size);
    const place = at === undefined ? null : numbers(at);
    const isSize = side === "whole" || (Number.isInteger(side) && side >= 16 && side < WHOLE);
    if (!isSize || (place && !isPair(place, 0, 1))) return false;
    limits.value = limitsOf(side, place as [number, number] | null);
    return true;
  },
};

export const LOOKS: readonly Part[] = [
  {
    name: "stage",
    get: () => (stage.value === "" ? null : stage.value),
    set: (text) => text === null || (isStage(text) && put(stage, text)),
  },
  {
    name: "wipe",
    get: () => (wiping.value ? `${otherStage.value}@${short(wipe.value)}` : null),
    set(text) {
      wiping.value = text !== null;
      if (text === null) return true;
      const [name = "", at = "0.5"] = text.split("@");
      wiping.value = isStage(name) && isWithin(Number(at), 0, 1);
      return wiping.value && put(otherStage, name) && put(wipe, Number(at));
    },
  },
  choice("outlines", outlineMode, ["detectable", "off", "snr", "depth"]),
  flag("vessels", showVessels, false),
  flag("motion", showMotion, true),
  choice("colours", palette, ["gray", "ember", "lagoon"]),
  {
    name: "contrast",
    get: () => unless(percentiles.value.join(","), "1,99.8"),
    set(text) {
      const pair = numbers(text ?? "1,99.8");
      return isPair(pair, 0, 100) && pair[0] < pair[1] && put(percentiles, pair);
    },
  },
  {
    name: "cells",
    get: () => unless(selected.value.join(","), ""),
    set(text) {
      const units = numbers(text ?? "");
      return (
        units.length <= 5 &&
        units.every((unit) => Number.isInteger(unit) && unit >= 0) &&
        put(selected, units)
      );
    },
  },
  {
    name: "frame",
    get: () => (playing.value ? null : `${Math.floor(frame.value)}`),
    set(text) {
      if (text === null) return true;
      const number = Number(text);
      if (!(Number.isInteger(number) && number >= 0)) return false;
      playing.value = false;
      return put(frame, number);
    },
  },
  {
    name: "zoom",
    get: () =>
      zoom.value === 1 ? null : `${short(zoom.value)}@${centre.value.map(short).join(",")}`,
    set(text) {
      const [times = "1", at = "0.5,0.5"] = (text ?? "1").split("@");
      const place = numbers(at);
      if (!isWithin(Number(times), 1, 24) || !isPair(place, 0, 1)) return false;
      return put(zoom, Number(times)) && put(centre, place);
    },
  },
];

function choice<Name extends string>(
  name: string,
  signal: Signal<Name>,
  names: readonly [Name, ...Name[]] | readonly Name[],
): Part {
  return {
    name,
    get: () => unless(signal.value, names[0]!),
    set: (text) => {
      const known = names.find((one) => one === (text ?? names[0]));
      return known !== undefined && put(signal, known);
    },
  };
}

function flag(name: string, signal: Signal<boolean>, usual: boolean): Part {
  return {
    name,
    get: () => unless(signal.value ? "1" : "0", usual ? "1" : "0"),
    set: (text) => ["0", "1", null].includes(text) && put(signal, text ? text === "1" : usual),
  };
}

function put<Value>(signal: Signal<Value>, value: Value): true {
  signal.value = value;
  return true;
}

const unless = (text: string, usual: string): string | null => (text === usual ? null : text);
const short = (value: number): string => `${Number(value.toFixed(3))}`;
const numbers = (text: string): number[] =>
  text === "" ? [] : text.split(",").map((one) => (one.trim() === "" ? Number.NaN : Number(one)));
const isWithin = (value: number, low: number, high: number) => value >= low && value <= high;
const isPair = (values: readonly number[], low: number, high: number): values is [number, number] =>
  values.length === 2 && values.every((value) => isWithin(value, low, high));

/** Stages are called as their steps, and the light of the cells alone. */
const isStage = (name: string): boolean =>
  name === "cells_only" || (catalog.value?.steps.some(({ kind }) => kind === name) ?? false);
