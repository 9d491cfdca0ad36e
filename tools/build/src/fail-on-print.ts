// A test that prints fails: libraries report through return values and errors, never through the console.
import { afterEach, beforeEach, expect } from "vitest";

const methods = ["log", "info", "warn", "error", "debug"] as const;
let printed: string[] = [];

beforeEach(() => {
  printed = [];
  for (const method of methods) {
    console[method] = (...words: unknown[]) => {
      printed.push(`console.${method}: ${words.map(String).join(" ")}`);
    };
  }
});

afterEach(() => {
  expect(printed, "this test printed to the console").toEqual([]);
});
