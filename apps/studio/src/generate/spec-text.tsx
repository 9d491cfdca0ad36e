// The spec as a file, and the command that makes the same recording elsewhere.
import { useSignal, useSignalEffect } from "@preact/signals";
import { draft } from "../state/spec.ts";
import { CopyButton } from "../ui/copy-button.tsx";
import { saveFile } from "../ui/save-file.ts";
import { recordingName } from "./job.ts";

type Format = "yaml" | "json";

export function SpecText() {
  const format = useSignal<Format>("yaml");
  const text = useSignal("");
  useSignalEffect(() => {
    const spec = draft.value;
    const wanted = format.value;
    void textOf(spec, wanted).then((made) => {
      if (draft.value === spec && format.value === wanted) text.value = made;
    });
  });
  const file = `${recordingName()}.${format.value}`;
  return (
    <section class="spec-text">
      <h2>
        Spec
        <span class="grow" />
        {(["yaml", "json"] as const).map((name) => (
          <button
            type="button"
            key={name}
            class="tab"
            aria-pressed={format.value === name}
            onClick={() => {
              format.value = name;
            }}
          >
            {name.toUpperCase()}
          </button>
        ))}
        <CopyButton text={() => text.value} label="Copy" done="Copied" kind="quiet" />
        <button
          type="button"
          class="quiet"
          onClick={() => saveFile(new Blob([text.value], { type: "text/plain" }), file)}
        >
          Save {file}
        </button>
      </h2>
      <textarea class="text" readOnly aria-label="The spec as text" value={text.value} />
      <h2>
        The same recording on the command line
        <span class="grow" />
        <CopyButton text={() => commandOf(file)} label="Copy" done="Copied" kind="quiet" />
      </h2>
      <pre class="command" data-test="command">
        {commandOf(file)}
      </pre>
    </section>
  );
}

const commandOf = (file: string): string =>
  `npx minisim simulate ${file} -o ${recordingName()}.zarr`;

async function textOf(spec: unknown, format: Format): Promise<string> {
  if (format === "json") return `${JSON.stringify(spec, null, 2)}\n`;
  const { stringify } = await import("yaml");
  return stringify(spec);
}
