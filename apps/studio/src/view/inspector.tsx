// The right column: what the recording holds, and what of it can be seen.
import { scene } from "../state/live.ts";
import { SHORTCUTS } from "../ui/keys.ts";
import { WhenCounted } from "../ui/when-counted.tsx";
import { Counts } from "./counts.tsx";
import { FieldMap } from "./field-map.tsx";
import { Histograms } from "./histograms.tsx";
import { SideView } from "./side-view.tsx";
import { Traces } from "./traces.tsx";

const compare = async () => (await import("../compare/compare.tsx")).Compare;
const examine = async () => (await import("../examine/examine.tsx")).Examine;
const first = async () => (await import("../first/first-minute.tsx")).FirstMinute;
const figures = async () => (await import("../figures/save-figures.tsx")).SaveFigures;

export function Inspector() {
  return (
    <aside class="inspector" aria-label="What is in the recording">
      <Counts />
      {scene.value && (
        <>
          <div class="first-slot">
            <WhenCounted view={first} />
          </div>
          <Traces />
          <Histograms />
          <SideView />
          <FieldMap />
          <WhenCounted view={compare} />
          <WhenCounted view={examine} />
          <WhenCounted view={figures} />
          <section class="panel keys">
            <h2>Keyboard</h2>
            <dl class="facts">
              {SHORTCUTS.map(([key, what]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>
                    <span>{what}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        </>
      )}
    </aside>
  );
}
