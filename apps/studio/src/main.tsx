// Starts the page: asks the simulator what there is, takes the spec of the address or the first preset, and draws.
import { render } from "preact";
import { App } from "./app.tsx";
import { simulator } from "./engine/client.ts";
import type { Catalog } from "./engine/types.ts";
import { startLearning } from "./learn/session.ts";
import { startCounting } from "./state/counted.ts";
import { exposeForTests } from "./state/expose.ts";
import { fromHash, hasLink } from "./state/link.ts";
import { linkedDraft } from "./state/linked.ts";
import { failure, startLive } from "./state/live.ts";
import { catalog, type Draft, draft, linkProblem, load, loadPreset } from "./state/spec.ts";
import { shownNow, startView } from "./state/view.ts";
import "./style/base.css";
import "./style/parameters.css";
import "./style/movie.css";
import "./style/inspector.css";
import "./style/tally.css";
import "./style/generate.css";
import "./style/learn.css";
import "./style/narrow.css";

render(<App />, document.getElementById("studio")!);
startLive(shownNow);
startCounting();
startView();
startLearning();
exposeForTests();

/** Takes the spec of the link in the address, where there is one, or says why it cannot be shown. */
async function takeAddress(there: Catalog): Promise<void> {
  if (!hasLink(location.hash)) return;
  const linked = linkedDraft(await fromHash(location.hash), there.schema);
  if ("draft" in linked) load((await simulator.migrate(linked.draft)) as Draft, "");
  else linkProblem.value = linked.problem;
}

try {
  const there = await simulator.catalog();
  catalog.value = there;
  await takeAddress(there);
  if (!draft.value) {
    const problem = linkProblem.value;
    loadPreset(there.presets[0]!.name);
    linkProblem.value = problem;
  }
  addEventListener("hashchange", () => void takeAddress(there));
} catch (error) {
  failure.value = error instanceof Error ? error.message : String(error);
}

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./service-worker.js").catch(() => {});
}
