// The right column: what the recording holds, and what of it can be seen.
import { Compare } from "../compare/compare.tsx";
import { SaveFigures } from "../figures/save-figures.tsx";
import { scene } from "../state/live.ts";
import { SHORTCUTS } from "../ui/keys.ts";
import { Counts } from "./counts.tsx";
import { FieldMap } from "./field-map.tsx";
import { Histograms } from "./histograms.tsx";
import { SideView } from "./side-view.tsx";
import { Traces } from "./traces.tsx";

export function Inspector() {
  return (
    <aside class="inspector" aria-label="What is in the recording">
      <Counts />
      {scene.value && (
        <>
          <Traces />
          <Histograms />
          <SideView />
          <FieldMap />
          <Compare />
          <SaveFigures />
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
