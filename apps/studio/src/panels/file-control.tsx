// Numbers for each cell out of a file: chosen, or dropped on the field. Nothing leaves the tab.
import type { FileContent } from "@minisim/spec";
import { useSignal } from "@preact/signals";

interface Props {
  readonly id: string;
  readonly label: string;
  readonly content: FileContent;
  readonly value: unknown;
  readonly set: (value: unknown) => void;
}

/** What @minisim/interop/web reads, which is loaded when a file is there. */
const ENDINGS: Readonly<Record<FileContent, string>> = {
  events: ".csv,.tsv,.json,.npy,.npz,.nwb",
  traces: ".csv,.tsv,.json,.npy,.npz",
};

export function FileControl({ id, label, content, value, set }: Props) {
  const problem = useSignal("");
  const take = async (file: File | undefined) => {
    if (!file) return;
    problem.value = "";
    try {
      const { activityOfBytes } = await import("@minisim/interop/web");
      set(await activityOfBytes(content, file.name, new Uint8Array(await file.arrayBuffer())));
    } catch (error) {
      problem.value = (error as Error).message;
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: what can be dropped here can be chosen by the button as well
    <div
      class="file-control"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take(event.dataTransfer?.files[0]);
      }}
    >
      <input
        id={id}
        type="file"
        aria-label={label}
        accept={ENDINGS[content]}
        onChange={(event) => void take(event.currentTarget.files?.[0])}
      />
      {Array.isArray(value) && (
        <p class="file-content">
          {summaryOf(value)}{" "}
          <button type="button" onClick={() => set(null)}>
            remove
          </button>
        </p>
      )}
      {problem.value && (
        <p class="problem error" role="alert">
          {problem.value}
        </p>
      )}
    </div>
  );
}

function summaryOf(lists: readonly unknown[]): string {
  const numbers = lists.reduce<number>(
    (sum, one) => sum + (Array.isArray(one) ? one.length : 0),
    0,
  );
  return `${lists.length} cells, ${numbers} numbers`;
}
