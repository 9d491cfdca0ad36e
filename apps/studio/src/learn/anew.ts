// What takes the simulator long, of the stage that is shown: asked for once the scene and the stage rest, and kept until the next is there.
import { type Signal, signal, useSignalEffect } from "@preact/signals";
import { scene } from "../state/live.ts";
import { stage } from "../state/view.ts";

/** A hand that turns a knob rests by then, ms. */
const REST_MS = 250;

export interface Anew<T> {
  readonly report: Signal<T | null>;
  /** Whether the report is of before. */
  readonly working: Signal<boolean>;
  /** Asks for as long as the component is there. */
  use(): void;
}

/** `ask` resolves to null for what nobody waits for any more. */
export function anew<T>(ask: (plan: number, stage: string) => Promise<T | null>): Anew<T> {
  const report = signal<T | null>(null);
  const working = signal(false);
  let timer = 0;
  const use = () =>
    useSignalEffect(() => {
      const number = scene.value?.plan;
      const name = stage.value;
      clearTimeout(timer);
      if (number === undefined) return;
      working.value = true;
      timer = window.setTimeout(async () => {
        const made = await ask(number, name).catch(() => null);
        if (!made) return;
        report.value = made;
        working.value = false;
      }, REST_MS);
    });
  return { report, working, use };
}
