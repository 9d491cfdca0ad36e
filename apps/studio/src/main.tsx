// Starts the page: asks the simulator what there is, takes the spec of the address or the first preset, and draws.
import { render } from "preact";
import { App } from "./app.tsx";
import { simulator } from "./engine/client.ts";
import { startLearning } from "./learn/session.ts";
import { exposeForTests } from "./state/expose.ts";
import { fromHash } from "./state/link.ts";
import { failure, startLive } from "./state/live.ts";
import { catalog, type Draft, draft, load, loadPreset } from "./state/spec.ts";
import { shownNow, startView } from "./state/view.ts";
import "./style/base.css";
import "./style/parameters.css";
import "./style/movie.css";
import "./style/inspector.css";
import "./style/generate.css";
import "./style/learn.css";
import "./style/narrow.css";

render(<App />, document.getElementById("studio")!);
startLive(shownNow);
startView();
startLearning();
exposeForTests();

async function takeAddress(): Promise<boolean> {
  const linked = await fromHash(location.hash);
  const whole = typeof linked === "object" && linked !== null && "acquisition" in linked;
  if (whole && Array.isArray((linked as Draft).steps)) load(linked as Draft, "");
  return draft.value !== null && whole;
}

try {
  const there = simulator.catalog();
  catalog.value = await there;
  if (!(await takeAddress())) loadPreset(catalog.value.presets[0]!.name);
} catch (error) {
  failure.value = error instanceof Error ? error.message : String(error);
}
addEventListener("hashchange", () => void takeAddress());

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./service-worker.js").catch(() => {});
}
