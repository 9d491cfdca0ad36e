// A number: slider and text side by side, the unit beside it. What is no number goes to the spec as it is, which explains it.

import type { JsonSchema } from "@minisim/spec";
import { useSignal } from "@preact/signals";
import { fromSlider, type Scale, scaleOf, toSlider } from "./shape.ts";

interface Props {
  readonly id: string;
  readonly schema: JsonSchema;
  /** What the field may be instead of a number. */
  readonly or: null | "auto" | undefined;
  readonly value: unknown;
  readonly usual: unknown;
  readonly set: (value: unknown) => void;
  /** What the number is called. */
  readonly label: string;
  /** Where there are several, which of them it is. */
  readonly name?: string;
}

export function NumberControl({ id, schema, or, value, usual, set, label, name }: Props) {
  const typed = useSignal<string | null>(null);
  const special = or !== undefined && value === or;
  const centre = [usual, schema.default, value].find((one) => typeof one === "number" && one !== 0);
  const remembered = useSignal(typeof centre === "number" ? centre : fallback(schema));
  if (typeof value === "number") remembered.value = value;
  const scale = scaleOf(
    schema,
    typeof centre === "number" ? centre : typeof usual === "number" ? usual : remembered.value,
    typeof value === "number" ? value : remembered.value,
  );
  const integer = schema.type === "integer";
  const full = name ? `${label}, ${name}` : label;
  const unit = schema.unit === undefined || schema.unit === "1" ? "" : schema.unit;
  const said = String(or ?? "none");
  const take = (text: string) => {
    typed.value = text;
    const number = Number(text.replace(",", "."));
    set(text.trim() === "" || Number.isNaN(number) ? text : number);
  };
  return (
    <div class={`number ${name ? "named" : "plain"}${special ? " special" : ""}`}>
      {name && <span class="part">{name}</span>}
      <input
        type="range"
        min="0"
        max="1000"
        step="1"
        disabled={special}
        aria-label={full}
        aria-valuetext={special ? said : `${shown(value)} ${unit}`.trim()}
        class={scale.logarithmic ? "log" : ""}
        title={scale.logarithmic ? "Logarithmic" : ""}
        value={special ? 0 : toSlider(typeof value === "number" ? value : remembered.value, scale)}
        onInput={(event) => set(fromSlider(Number(event.currentTarget.value), scale, integer))}
      />
      <input
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellcheck={false}
        disabled={special}
        aria-label={`${full}${unit && `, ${unit}`}`}
        value={typed.value ?? (special ? said : shown(value))}
        onKeyDown={(event) => {
          const by = STEPS[event.key];
          if (by === undefined || typeof value !== "number") return;
          event.preventDefault();
          typed.value = null;
          set(stepped(value, by, scale, integer));
        }}
        onInput={(event) => take(event.currentTarget.value)}
        onBlur={() => {
          typed.value = null;
        }}
      />
      <span class="unit" title={schema.unit}>
        {unit}
      </span>
      {or !== undefined && (
        <button
          type="button"
          class="or"
          aria-pressed={special}
          aria-label={`${full}: ${said}`}
          onClick={() => {
            typed.value = null;
            set(special ? remembered.value : or);
          }}
        >
          {said}
        </button>
      )}
    </div>
  );
}

/** Of the slider's way, by key. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: 10,
  ArrowDown: -10,
  PageUp: 100,
  PageDown: -100,
};

/** A step along the slider, and at least one where the number is whole. */
function stepped(value: number, by: number, scale: Scale, integer: boolean): number {
  const at = Math.min(1000, Math.max(0, toSlider(value, scale) + by));
  const next = fromSlider(at, scale, integer);
  return integer && next === value ? value + Math.sign(by) : next;
}

const shown = (value: unknown): string => (value === undefined ? "" : String(value));

// Where neither a default nor the preset has a number to begin at.
function fallback({ unit, minimum, exclusiveMinimum, maximum }: JsonSchema): number {
  const low = minimum ?? exclusiveMinimum ?? 0;
  const usual = unit === "µm" ? 150 : 1;
  return Math.min(Math.max(usual, low), maximum ?? Number.POSITIVE_INFINITY);
}
