// What stands above every view: what of a link could not be taken, and what is wrong with the spec, with ways to go on.
import { simulator } from "../engine/client.ts";
import { failure, plan } from "../state/live.ts";
import {
  catalog,
  type Draft,
  draft,
  issues,
  load,
  loadPreset,
  notices,
  origin,
  placeOf,
  presetName,
} from "../state/spec.ts";

export function Notices() {
  return (
    <>
      {failure.value && (
        <p class="failure" role="alert">
          {failure.value}
        </p>
      )}
      {notices.value.length > 0 && (
        <div class="notice" role="alert" data-test="notice">
          {notices.value.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <button
            type="button"
            onClick={() => {
              notices.value = [];
            }}
          >
            Dismiss
          </button>
        </div>
      )}
      <SpecErrors />
    </>
  );
}

/** Errors where no field shows them: without a picture, all; else those of no field that there is. */
function SpecErrors() {
  const errors = issues.value.filter(({ severity }) => severity === "error");
  const hidden = plan.value
    ? errors.filter(({ code, path }) => path.length < 2 || /^unknown_|_kind$/.test(code))
    : errors;
  // The seed has a field of its own.
  const said = hidden.filter(({ path }) => path[0] !== "seed" || !plan.value);
  if (said.length === 0) return null;
  return (
    <div class="notice" role="alert" data-test="spec-errors">
      <p>{plan.value ? "The spec has errors:" : "The spec cannot be simulated:"}</p>
      <ul>
        {said.map(({ path, message }) => (
          <li key={path.join(".") + message}>
            <code>{placeOf(path)}</code> {message}
          </li>
        ))}
      </ul>
      <button type="button" data-test="repair" onClick={() => void repair()}>
        Leave out what is wrong
      </button>
      <button
        type="button"
        onClick={() => loadPreset(presetName.value || catalog.value!.presets[0]!.name)}
      >
        Back to the preset
      </button>
    </div>
  );
}

async function repair(): Promise<void> {
  const wrong = draft.value;
  const preset =
    catalog.value?.presets.find(({ name }) => name === presetName.value) ??
    catalog.value?.presets[0];
  const right = await simulator.repaired(wrong, preset?.spec);
  if (draft.value !== wrong) return;
  if (right)
    load(
      right as Draft,
      presetName.value,
      presetName.value ? (origin.value ?? undefined) : undefined,
    );
  else notices.value = ["Too much of this spec is wrong to be left out; take a preset."];
}
