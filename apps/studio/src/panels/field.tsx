// One parameter: label, control, unit, what the schema says of it, and what is wrong with it.

import type { JsonSchema } from "@minisim/spec";
import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import { at, equal, type Path } from "../state/paths.ts";
import { draft, edit, issuesAt, resetValue } from "../state/spec.ts";
import { FileControl } from "./file-control.tsx";
import { NumberControl } from "./number-control.tsx";
import { Rows } from "./rows.tsx";
import { labelOf, rangeText, shapeOf } from "./shape.ts";
import { TableControl } from "./table-control.tsx";

export interface FieldProps {
  readonly path: Path;
  readonly schema: JsonSchema;
  /** What it is called, where its name alone does not say. */
  readonly label?: string | undefined;
}

export function Field({ path, schema, label: given }: FieldProps) {
  const id = useId();
  const open = useSignal(false);
  const name = String(path.at(-1));
  const label = given ?? labelOf(name);
  const value = at(draft.value, path);
  const usual = resetValue(path, schema);
  const shape = shapeOf(schema);
  const problems = issuesAt(path);
  const set = (next: unknown) => edit(path, next);
  const unit = schema.unit && schema.unit !== "1" ? schema.unit : "";
  const invalid = problems.some(({ severity }) => severity === "error");
  if (shape.is === "rows") {
    const field = (at: Path, one: JsonSchema) => <Field path={at} schema={one} />;
    return <Rows path={path} row={shape.row} nullable={shape.nullable} field={field} />;
  }
  return (
    <div class={`field${invalid ? " invalid" : ""}`} data-field={path.join(".")}>
      <div class="field-head">
        <button
          type="button"
          class="label"
          aria-expanded={open.value}
          onClick={() => {
            open.value = !open.value;
          }}
        >
          {label}
        </button>
        {!equal(value, usual) && (
          <button
            type="button"
            class="reset"
            title={`Back to ${JSON.stringify(usual)}`}
            aria-label={`Reset ${label}`}
            onClick={() => set(usual)}
          >
            ↺
          </button>
        )}
        {shape.is === "flag" && (
          <input
            id={id}
            type="checkbox"
            aria-label={label}
            checked={value === true}
            onChange={(event) => set(event.currentTarget.checked)}
          />
        )}
        {shape.is === "choice" && (
          <select
            id={id}
            aria-label={label}
            value={String(value)}
            onChange={(event) => set(event.currentTarget.value)}
          >
            {shape.options.map((option) => (
              <option key={option}>{option}</option>
            ))}
          </select>
        )}
      </div>
      {shape.is === "number" && (
        <NumberControl
          id={id}
          schema={{ ...shape.number, ...(unit && { unit }) }}
          or={shape.or}
          value={value}
          usual={usual}
          set={set}
          label={label}
        />
      )}
      {shape.is === "tuple" &&
        shape.parts.map((part, i) => (
          <NumberControl
            key={i}
            id={i === 0 ? id : `${id}-${i}`}
            schema={part}
            or={undefined}
            value={(value as unknown[] | undefined)?.[i]}
            usual={(usual as unknown[] | undefined)?.[i]}
            set={(next) => edit([...path, i], next)}
            label={label}
            name={part.description?.split(" of:")[0] ?? String(i)}
          />
        ))}
      {shape.is === "file" && (
        <FileControl id={id} label={label} content={shape.content} value={value} set={set} />
      )}
      {shape.is === "table" && <TableControl id={id} label={label} value={value} set={set} />}
      {[
        ...problems,
        ...(shape.is === "tuple" ? shape.parts.flatMap((_, i) => issuesAt([...path, i])) : []),
      ].map((problem) => (
        <p key={problem.message} class={`problem ${problem.severity}`} role="alert">
          {problem.message}
        </p>
      ))}
      {open.value && <Explanation name={name} schema={schema} />}
    </div>
  );
}

function Explanation({ name, schema }: { readonly name: string; readonly schema: JsonSchema }) {
  const number = schema.anyOf?.find(({ type }) => type === "number") ?? schema;
  const range = rangeText(number);
  return (
    <div class="explanation">
      <p>{schema.description}.</p>
      <p class="facts">
        <code>{name}</code>
        {range && <span>{range}</span>}
        {schema.default !== undefined && <span>default {JSON.stringify(schema.default)}</span>}
      </p>
      {(number.source ?? schema.source) && <p class="source">{number.source ?? schema.source}</p>}
    </div>
  );
}
