// A list of parts that can be added and removed: populations of cells, layers of vessels.
import type { JsonSchema } from "../engine/types.ts";
import { at, type Path } from "../state/paths.ts";
import { defaultsOf, draft, edit } from "../state/spec.ts";
import { Field } from "./field.tsx";

interface Props {
  readonly path: Path;
  readonly row: JsonSchema;
  readonly nullable: boolean;
}

export function Rows({ path, row, nullable }: Props) {
  const name = String(path.at(-1)).replace(/s$/, "");
  const rows = (at(draft.value, path) as readonly unknown[] | null) ?? [];
  const add = () => {
    const beside = at(draft.value, path.slice(0, -1)) as Record<string, unknown>;
    const defaults = defaultsOf(row);
    // The first population takes over what described the only one until now.
    const like = (rows.at(-1) ?? beside) as Record<string, unknown>;
    const names = Object.keys(defaults);
    const taken = Object.fromEntries(names.map((key) => [key, like[key] ?? defaults[key]]));
    edit(path, [...rows, taken]);
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
            <button type="button" aria-label={`Remove ${name} ${index + 1}`} onClick={() => remove(index)}>
              remove
            </button>
          </legend>
          {Object.entries(row.properties ?? {}).map(([field, schema]) => (
            <Field key={field} path={[...path, index, field]} schema={schema} />
          ))}
        </fieldset>
      ))}
      <button type="button" class="add" onClick={add}>
        + {name}
      </button>
    </div>
  );
}
