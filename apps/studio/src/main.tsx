// Starts the page: asks the simulator what there is, shows what the address tells, and draws.
import { render } from "preact";
import { startAddress } from "./address/address.ts";
import { App } from "./app.tsx";
import { simulator } from "./engine/client.ts";
import { startLearning } from "./learn/session.ts";
import { acceptDrops } from "./open/take.ts";
import { startCounting } from "./state/counted.ts";
import { exposeForTests } from "./state/expose.ts";
import { failure, startLive } from "./state/live.ts";
import { catalog } from "./state/spec.ts";
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
acceptDrops();
exposeForTests();

try {
  catalog.value = await simulator.catalog();
  await startAddress();
} catch (error) {
  failure.value = error instanceof Error ? error.message : String(error);
}

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./service-worker.js").catch(() => {});
}
