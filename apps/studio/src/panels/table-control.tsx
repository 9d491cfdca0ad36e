// Numbers in rows, such as given positions or a measured trajectory: as text, one row a line; empty is none.
import { useSignal } from "@preact/signals";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly value: unknown;
  readonly set: (value: unknown) => void;
}

export function TableControl({ id, label, value, set }: Props) {
  const typed = useSignal<string | null>(null);
  const rows = Array.isArray(value) ? value : [];
  const text = rows.map((row) => (Array.isArray(row) ? row.join(", ") : String(row))).join("\n");
  const take = (entered: string) => {
    typed.value = entered;
    const lines = entered.split("\n").filter((line) => line.trim() !== "");
    const parsed = lines.map((line) =>
      line
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map(numberOrText),
    );
    set(lines.length === 0 ? null : parsed);
  };
  return (
    <textarea
      id={id}
      aria-label={label}
      rows={Math.min(6, Math.max(1, rows.length))}
      placeholder="none given"
      spellcheck={false}
      value={typed.value ?? text}
      onInput={(event) => take(event.currentTarget.value)}
      onBlur={() => {
        typed.value = null;
      }}
    />
  );
}

const numberOrText = (text: string): number | string => {
  const value = Number(text);
  return Number.isNaN(value) ? text : value;
};
