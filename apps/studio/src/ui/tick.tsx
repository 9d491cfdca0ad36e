// A box to tick, for a signal.
import type { Signal } from "@preact/signals";

interface Props {
  readonly of: Signal<boolean>;
  readonly label: string;
  readonly title?: string;
}

export function Tick({ of, label, title }: Props) {
  return (
    <label title={title}>
      <input
        type="checkbox"
        checked={of.value}
        onChange={(event) => {
          of.value = event.currentTarget.checked;
        }}
      />
      {label}
    </label>
  );
}
