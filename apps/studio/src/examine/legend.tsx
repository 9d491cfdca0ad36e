// The classes of what was found and missed, why it was missed, and what the score notes.
import { KINDS } from "./classes.ts";
import type { Judgement } from "./types.ts";

export function Legend({ judgement }: { readonly judgement: Judgement }) {
  const counts = new Map<string, number>();
  for (const { class: name } of [...judgement.estimates, ...judgement.missed])
    counts.set(name, (counts.get(name) ?? 0) + 1);
  const why = Object.entries(judgement.missedBecause).filter(([, count]) => count > 0);
  return (
    <>
      <ul class="classes" data-test="classes">
        {KINDS.filter(({ name }) => counts.has(name)).map(({ name, color, title }) => (
          <li key={name} title={title}>
            <i style={{ borderColor: color }} class={name} />
            <b>{counts.get(name)}</b> {name}
          </li>
        ))}
      </ul>
      {why.length > 0 && (
        <p class="hint">
          Missed:{" "}
          {why.map(([reason, count]) => `${count} ${reason.replaceAll("_", " ")}`).join(", ")}.
        </p>
      )}
      {judgement.notes.length > 0 && (
        <details>
          <summary>
            {judgement.notes.length === 1 ? "A note" : `${judgement.notes.length} notes`}
          </summary>
          <ul>
            {judgement.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
