// Watches globals while something runs: who calls Math.exp and its kin, Math.random, or a clock.
import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { ENGINE_MATH, type EngineUse } from "./engine-names.ts";

/** Runs `run`; what it called. Calls give what they always give. */
export function callsDuring(run: () => void): EngineUse[] {
  const uses = new Map<string, EngineUse>();
  const note = (what: string) => {
    const place = callerPlace(new Error().stack ?? "");
    uses.set(`${what} ${place}`, { what, place });
  };
  const restore = [
    ...[...ENGINE_MATH, "random"].map((name) => watch(Math, name, () => note(`Math.${name}`))),
    watch(performance, "now", () => note("performance.now")),
    watch(crypto, "getRandomValues", () => note("crypto.getRandomValues")),
    watch(crypto, "randomUUID", () => note("crypto.randomUUID")),
    watchDate(() => note("Date")),
  ];
  try {
    run();
  } finally {
    for (const back of restore) back();
  }
  return [...uses.values()];
}

/** Puts a function that notes each call in the place of one of an object; takes it back. */
function watch(object: object, name: string, note: () => void): () => void {
  const there = Object.getOwnPropertyDescriptor(object, name);
  const original = Reflect.get(object, name) as (...given: unknown[]) => unknown;
  const value = (...given: unknown[]) => {
    note();
    return Reflect.apply(original, object, given);
  };
  Object.defineProperty(object, name, { value, configurable: true, writable: true });
  return () => {
    if (there) Object.defineProperty(object, name, there);
    else Reflect.deleteProperty(object, name);
  };
}

/** A date of given numbers is one everywhere; without any it is the clock. */
function watchDate(note: () => void): () => void {
  const Original = globalThis.Date;
  globalThis.Date = new Proxy(Original, {
    construct(target, given, newTarget) {
      if (given.length === 0) note();
      return Reflect.construct(target, given, newTarget);
    },
    apply(target, self, given) {
      note();
      return Reflect.apply(target, self, given);
    },
    get(target, name, receiver) {
      if (name === "now") note();
      return Reflect.get(target, name, receiver);
    },
  });
  return () => {
    globalThis.Date = Original;
  };
}

/** The first line of a stack that is not of this file. */
function callerPlace(stack: string): string {
  const lines = stack.split("\n").slice(1);
  const caller = lines.find((line) => !line.includes("node-watch") && /:\d+:\d+/.test(line));
  const [, file, line, column] = /([^\s(]+):(\d+):(\d+)\)?$/.exec(caller ?? "") ?? [];
  return file ? `${shortPath(file)}:${line}:${column}` : "somewhere";
}

/** The path of a file as one would type it. */
export function shortPath(file: string): string {
  const path = file.startsWith("file:") ? fileURLToPath(file) : file;
  return isAbsolute(path) ? relative(process.cwd(), path) : path;
}
