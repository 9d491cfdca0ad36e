// Name, preset, views, share link.
import { linkOfNow, redo, steps, undo } from "../address/address.ts";
import { OpenButton } from "../open/open-button.tsx";
import { cacheKey } from "../state/live.ts";
import { making } from "../state/making.ts";
import { type Page, page } from "../state/page.ts";
import { catalog, changed, load, loadPreset, origin, presetName } from "../state/spec.ts";
import { CopyButton } from "./copy-button.tsx";

const PAGES: readonly (readonly [Page, string])[] = [
  ["build", "Build"],
  ["generate", "Generate"],
  ["learn", "Learn"],
];

export function Header() {
  return (
    <header class="bar">
      {page.value !== "generate" && (
        <button
          type="button"
          class="skip"
          onClick={() => document.getElementById("movie")?.focus()}
        >
          Skip to the picture
        </button>
      )}
      <h1>
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <circle cx="8" cy="8" r="5.5" />
          <circle cx="14.500" cy="13.500" r="3" opacity=".6" />
          <circle cx="5" cy="16.500" r="1.800" opacity=".35" />
        </svg>
        Minisim <span>studio</span>
      </h1>
      <nav>
        {PAGES.map(([name, title]) => (
          <button
            type="button"
            key={name}
            aria-current={page.value === name ? "page" : undefined}
            onClick={() => {
              page.value = name;
            }}
          >
            {title}
            {name === "generate" && <Making />}
          </button>
        ))}
      </nav>
      <label class="preset">
        <span>Preset</span>
        <select
          aria-label="Preset"
          value={presetName.value}
          onChange={(event) => loadPreset(event.currentTarget.value)}
        >
          {presetName.value === "" && (
            <option value="">{catalog.value ? "A spec of its own" : "…"}</option>
          )}
          {catalog.value?.presets.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <OpenButton />
      <button
        type="button"
        class="quiet"
        disabled={!changed.value}
        title="Back to the preset as it came"
        onClick={() => origin.value && load(origin.value, presetName.value)}
      >
        Reset all
      </button>
      <span class="undo">
        <button
          type="button"
          class="quiet"
          aria-label="Undo"
          title="Undo (Ctrl Z, or the browser's Back)"
          disabled={steps.value.now === 0}
          onClick={undo}
        >
          ↶
        </button>
        <button
          type="button"
          class="quiet"
          aria-label="Redo"
          title="Redo (Ctrl Shift Z, or the browser's Forward)"
          disabled={steps.value.now >= steps.value.last}
          onClick={redo}
        >
          ↷
        </button>
      </span>
      <span class="grow" />
      <span
        class="key"
        title="Names the recording: the same spec has the same key and the same bytes everywhere"
      >
        {cacheKey.value}
      </span>
      <CopyButton
        text={linkOfNow}
        label="Share link"
        done="Link copied"
        kind="primary"
        test="share"
      />
    </header>
  );
}

/** A sign that a recording is being made, whatever view is open. */
function Making() {
  const share = making.value;
  if (share === null) return null;
  const percent = `${(100 * share).toFixed(0)} %`;
  return (
    <span class="making" data-test="making">
      {" "}
      {percent}
    </span>
  );
}
