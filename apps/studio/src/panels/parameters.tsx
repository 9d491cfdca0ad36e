// The left column: all parameters, grouped, each step with its switch.

import type { JsonSchema } from "@minisim/spec";
import { useSignal } from "@preact/signals";
import { at, startsWith } from "../state/paths.ts";
import {
  catalog,
  draft,
  issues,
  sectionSchema,
  stepIndex,
  stepSchema,
  toggleStep,
} from "../state/spec.ts";
import { Field } from "./field.tsx";
import { type Group, groupsFor, type Part } from "./groups.ts";
import { Knob } from "./knob.tsx";

const OPEN_AT_FIRST = new Set(["main"]);

export function Parameters() {
  const groups = groupsFor(catalog.value?.steps ?? []);
  return (
    <aside class="parameters" aria-label="Parameters">
      {draft.value && groups.map((group) => <GroupView key={group.id} group={group} />)}
    </aside>
  );
}

function GroupView({ group }: { readonly group: Group }) {
  const open = useSignal(OPEN_AT_FIRST.has(group.id));
  const broken = issues.value.some(
    ({ severity, path }) => severity === "error" && belongs(path, group),
  );
  const on = group.steps.filter((kind) => stepIndex(kind) !== undefined).length;
  return (
    <details
      class="group"
      open={open.value}
      data-group={group.id}
      onToggle={(event) => {
        open.value = event.currentTarget.open;
      }}
    >
      <summary>
        {group.title}
        {broken && <span class="dot error" title="Something here is not valid" />}
        {group.steps.length > 0 && on < group.steps.length && (
          <span class="off">{on === 0 ? "off" : `${on} of ${group.steps.length} on`}</span>
        )}
      </summary>
      {open.value && (
        <div class="group-body">
          {group.knobs?.map(([where, field, label]) => (
            <Knob key={where + field} where={where} field={field} label={label} />
          ))}
          {group.parts.map((part) => (
            <PartView key={part.section.join() + part.fields?.join()} part={part} />
          ))}
          {group.steps.map((kind) => (
            <StepView key={kind} kind={kind} />
          ))}
        </div>
      )}
    </details>
  );
}

function PartView({ part }: { readonly part: Part }) {
  const properties = sectionSchema(...part.section)?.properties ?? {};
  const names = part.fields ?? Object.keys(properties);
  return (
    <>
      {names.map((name) => {
        const schema = properties[name];
        return schema && <Field key={name} path={[...part.section, name]} schema={schema} />;
      })}
    </>
  );
}

function StepView({ kind }: { readonly kind: string }) {
  const index = stepIndex(kind);
  const info = catalog.value?.steps.find((step) => step.kind === kind);
  const schema = stepSchema(kind);
  const fields = Object.entries(schema?.properties ?? {}).filter(([name]) => name !== "kind");
  return (
    <section class={`step${index === undefined ? " is-off" : ""}`} data-step={kind}>
      <label class="switch" title={info?.summary}>
        <input type="checkbox" checked={index !== undefined} onChange={() => toggleStep(kind)} />
        <span>{kind.replaceAll("_", " ")}</span>
      </label>
      {info && <p class="summary">{info.summary}</p>}
      {index !== undefined &&
        fields
          .filter(([name]) => matters(index, name, fields))
          .map(([name, field]) => (
            <Field key={name} path={["steps", index, name]} schema={field} />
          ))}
    </section>
  );
}

/** Where there are populations, the parameters of the only one have no meaning. */
function matters(
  index: number,
  name: string,
  fields: readonly (readonly [string, JsonSchema])[],
): boolean {
  if (at(draft.value, ["steps", index, "populations"]) == null) return true;
  const rows = fields.find(([field]) => field === "populations")?.[1];
  const inRows = rows?.anyOf?.some((one) => (one.items ? one.items.properties?.[name] : false));
  return !inRows;
}

function belongs(path: readonly (string | number)[], group: Group): boolean {
  if (path[0] === "steps") {
    const kind = draft.value?.steps[path[1] as number]?.kind;
    return kind !== undefined && group.steps.includes(kind);
  }
  return group.parts.some(
    ({ section, fields }) =>
      startsWith(path, section) &&
      (fields ? fields.includes(String(path[section.length])) : section.length > 0),
  );
}
