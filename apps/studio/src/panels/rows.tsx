// A list of parts that can be added and removed: populations of cells, layers of vessels.

import type { JsonSchema } from "@minisim/spec";
import { type ComponentChildren, Fragment } from "preact";
import { at, type Path } from "../state/paths.ts";
import { defaultsOf, draft, edit } from "../state/spec.ts";

interface Props {
  readonly path: Path;
  readonly row: JsonSchema;
  readonly nullable: boolean;
  /** The control of one field of a row. */
  readonly field: (path: Path, schema: JsonSchema) => ComponentChildren;
}

export function Rows({ path, row, nullable, field }: Props) {
  const name = String(path.at(-1)).replace(/s$/, "");
  const rows = (at(draft.value, path) as readonly unknown[] | null) ?? [];
  const parent = path.slice(0, -1);
  const defaults = defaultsOf(row);
  const add = () => {
    const beside = at(draft.value, parent) as Record<string, unknown>;
    const like = (rows.at(-1) ?? beside) as Record<string, unknown>;
    const shared = Object.keys(defaults);
    const taken = Object.fromEntries(shared.map((key) => [key, like[key] ?? defaults[key]]));
    // The first population takes over what described the only one until now; it may not be said twice.
    const cleared = shared.filter((key) => key in beside).map((key) => [key, defaults[key]]);
    edit(parent, { ...beside, ...Object.fromEntries(cleared), [path.at(-1)!]: [...rows, taken] });
  };
  const remove = (index: number) => {
    const left = rows.filter((_, i) => i !== index);
    edit(path, left.length === 0 && nullable ? null : left);
  };
  return (
    <div class="rows" data-field={path.join(".")}>
      {rows.map((_, index) => (
        <fieldset key={index}>
          <legend>
            {name} {index + 1}
            <button
              type="button"
              aria-label={`Remove ${name} ${index + 1}`}
              onClick={() => remove(index)}
            >
              remove
            </button>
          </legend>
          {Object.entries(row.properties ?? {}).map(([key, schema]) => (
            <Fragment key={key}>{field([...path, index, key], schema)}</Fragment>
          ))}
        </fieldset>
      ))}
      <button type="button" class="add" onClick={add}>
        + {name}
      </button>
    </div>
  );
}
