// Copies a text, and says whether it has; where the browser refuses, the text is there to be copied by hand.
import { useSignal } from "@preact/signals";

interface Props {
  readonly text: () => string | Promise<string>;
  readonly label: string;
  readonly done: string;
  readonly kind: "primary" | "quiet";
  readonly test?: string;
}

export function CopyButton({ text, label, done, kind, test }: Props) {
  const state = useSignal<"ready" | "copied" | "refused">("ready");
  const refused = useSignal("");
  const copy = async () => {
    const wanted = await text();
    try {
      await navigator.clipboard.writeText(wanted);
      state.value = "copied";
      setTimeout(() => {
        state.value = "ready";
      }, 1600);
    } catch {
      refused.value = wanted;
      state.value = "refused";
    }
  };
  return (
    <span class="copy">
      <button type="button" class={kind} data-test={test} onClick={() => void copy()}>
        {state.value === "copied" ? done : label}
      </button>
      <span class="unseen" role="status">
        {state.value === "copied" && done}
      </span>
      {state.value === "refused" && (
        <span class="by-hand" role="alert">
          The browser does not let the page copy; copy it here:
          <input
            type="text"
            readOnly
            aria-label="To be copied by hand"
            value={refused.value}
            ref={(field) => field?.select()}
          />
          <button
            type="button"
            onClick={() => {
              state.value = "ready";
            }}
          >
            Close
          </button>
        </span>
      )}
    </span>
  );
}
