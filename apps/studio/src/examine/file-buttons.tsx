// Two buttons: for a file or some, and for a folder with all that is in it.
import { useRef } from "preact/hooks";
import type { Dropped } from "./session.ts";

interface FileButtonsProps {
  readonly test: string;
  readonly label: string;
  readonly hint: string;
  readonly disabled: boolean;
  readonly take: (files: readonly Dropped[]) => Promise<void>;
}

/** A file, or all files of a folder. */
export function FileButtons({ test, label, hint, disabled, take }: FileButtonsProps) {
  const [file, folder] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)];
  const chosen = (field: HTMLInputElement) => {
    const files = [...(field.files ?? [])].map((one) => ({
      path: one.webkitRelativePath || one.name,
      blob: one,
    }));
    field.value = "";
    if (files.length > 0) void take(files);
  };
  return (
    <>
      <input
        ref={file}
        type="file"
        hidden
        multiple
        data-test={`${test}-file`}
        aria-label={`${label}: files`}
        onChange={(event) => chosen(event.currentTarget)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        data-test={`${test}-folder`}
        aria-label={`${label}: a folder`}
        {...{ webkitdirectory: true }}
        onChange={(event) => chosen(event.currentTarget)}
      />
      <button
        type="button"
        class="quiet"
        title={hint}
        disabled={disabled}
        onClick={() => file.current?.click()}
      >
        {label} …
      </button>
      <button
        type="button"
        class="quiet"
        title={`A folder. ${hint}`}
        disabled={disabled}
        onClick={() => folder.current?.click()}
      >
        {label}: a folder …
      </button>
    </>
  );
}
