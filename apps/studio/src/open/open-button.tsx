// Opens a spec file.
import { useRef } from "preact/hooks";
import { take } from "./take.ts";

export function OpenButton() {
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        data-test="open"
        accept=".yaml,.yml,.json"
        aria-label="Spec file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void take(file);
          event.currentTarget.value = "";
        }}
      />
      <button
        type="button"
        class="quiet"
        title="Open a spec (YAML or JSON); dropping it on the page does the same"
        onClick={() => field.current?.click()}
      >
        Open
      </button>
    </>
  );
}
