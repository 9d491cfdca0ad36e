// What was made, and how to get it.
import { useSignal } from "@preact/signals";
import { saveFile } from "../ui/save-file.ts";
import { downloadZip } from "./download.ts";
import { type Done, problem } from "./job.ts";
import { sizeOf } from "./size.ts";

export function ResultView({ made }: { readonly made: Done }) {
  const { at, name, bytes, frames, seconds, workers } = made;
  return (
    <div class="result" data-test="done">
      <p>
        <b>{name}</b> {sizeOf(bytes)}
        {"files" in at && ` in ${at.files} files`}
        <span>
          {frames} frames in {seconds.toFixed(1)} s, {(frames / seconds).toFixed(0)} per s on{" "}
          {workers === 1 ? "one worker" : `${workers} workers`}
        </span>
      </p>
      {made.target === "browser" && <Download made={made} />}
    </div>
  );
}

function Download({ made: { at, name, title } }: { readonly made: Done }) {
  const zipping = useSignal(false);
  if ("file" in at) {
    return (
      <button
        type="button"
        class="primary"
        data-test="download"
        onClick={() => saveFile(at.file, name)}
      >
        Download {title}
      </button>
    );
  }
  return (
    <button
      type="button"
      class="primary"
      data-test="download"
      disabled={zipping.value}
      onClick={async () => {
        zipping.value = true;
        try {
          await downloadZip(at.parent, name);
        } catch (error) {
          problem.value = error instanceof Error ? error.message : String(error);
        }
        zipping.value = false;
      }}
    >
      {zipping.value ? "Packing …" : "Download zip"}
    </button>
  );
}
