// The first minute: three questions that people come with, and where the page answers them.
import { useSignal } from "@preact/signals";
import { runPipeline } from "../examine/session.ts";
import { judged } from "../state/counted.ts";
import { loadPreset } from "../state/spec.ts";
import { counting, countScopes, scopes, stopScopes } from "./scopes.ts";
import "../style/first.css";

const KEY = "minisim-first-minute";

export function FirstMinute() {
  const isOpen = useSignal(!isPast());
  const asked = useSignal<"seen" | "scope" | "found" | null>(null);
  const known = judged.value;
  const close = () => {
    isOpen.value = false;
    try {
      localStorage.setItem(KEY, "past");
    } catch {
      // It comes again with the next visit.
    }
  };
  return (
    <details
      class="panel first"
      data-test="first"
      open={isOpen.value}
      onToggle={(event) => {
        if (event.currentTarget.open) isOpen.value = true;
        else if (isOpen.value) close();
      }}
    >
      <summary>Three questions to begin with</summary>
      <div class="places">
        <button
          type="button"
          class="quiet"
          data-test="ask-seen"
          aria-pressed={asked.value === "seen"}
          onClick={() => {
            asked.value = "seen";
          }}
        >
          Would I see them?
        </button>
        <button
          type="button"
          class="quiet"
          data-test="ask-scope"
          aria-pressed={asked.value === "scope"}
          onClick={() => {
            asked.value = "scope";
            if (scopes.value.length === 0) void countScopes();
          }}
        >
          Which scope?
        </button>
        <button
          type="button"
          class="quiet"
          data-test="ask-found"
          aria-pressed={asked.value === "found"}
          onClick={() => {
            asked.value = "found";
            void runPipeline("roi").then(() =>
              document.querySelector("[data-test=found]")?.scrollIntoView({ block: "start" }),
            );
          }}
        >
          What would my pipeline find?
        </button>
      </div>
      <div role="status">
        {asked.value === "seen" && known && (
          <p data-test="answer-seen">
            Of {known.inView} cells in the window {known.detectableCount} stand out of the noise
            over {known.seconds.toFixed(0)} s, those with green outlines; a good pipeline finds half
            of those that just do. The red ones would be lost. Turn one of the six knobs at the
            left.
          </p>
        )}
        {asked.value === "found" && (
          <p>
            A naive one is run on the preview below, with what it finds, invents and misses drawn on
            the picture; drop the results of your own there.
          </p>
        )}
      </div>
      {asked.value === "scope" && <Scopes />}
    </details>
  );
}

function isPast(): boolean {
  try {
    return localStorage.getItem(KEY) === "past";
  } catch {
    return false;
  }
}

function Scopes() {
  return (
    <>
      <table data-test="scopes">
        <thead>
          <tr>
            <th scope="col">scope × region</th>
            <th scope="col">detectable</th>
          </tr>
        </thead>
        <tbody>
          {scopes.value.map(({ name, title, census }) => (
            <tr key={name}>
              <th scope="row">
                <button type="button" class="link" onClick={() => loadPreset(name)}>
                  {title}
                </button>
              </th>
              <td>
                {census.detectableCount} of {census.inView}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {counting.value !== null && (
        <p class="places">
          <span>Counting {counting.value} …</span>
          <button type="button" class="quiet" data-test="stop-scopes" onClick={stopScopes}>
            Stop
          </button>
        </p>
      )}
      <p class="hint">
        In a window of each, over its whole recording. Pin one, open another, and see both: Compare.
      </p>
    </>
  );
}
