// The page: header, and one of its three views.
import { useEffect } from "preact/hooks";
import { embeddedIn } from "./embed/wanted.ts";
import { Parameters } from "./panels/parameters.tsx";
import { failure, plan } from "./state/live.ts";
import { page } from "./state/page.ts";
import { issues } from "./state/spec.ts";
import { Header } from "./ui/header.tsx";
import { onKey } from "./ui/keys.ts";
import { Later } from "./ui/later.tsx";
import { Notices } from "./ui/notices.tsx";
import { Inspector } from "./view/inspector.tsx";
import { MovieView } from "./view/movie-view.tsx";

const generate = async () => (await import("./generate/generate.tsx")).Generate;
const embed = async () => (await import("./embed/embed.tsx")).Embed;
const learn = async () => (await import("./learn/learn.tsx")).Learn;

const embedded = embeddedIn(location.search) !== null;

function EmbeddedApp() {
  return (
    <div class="studio">
      <Notices />
      <Later view={embed} />
    </div>
  );
}

export function App() {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  if (embedded) return <EmbeddedApp />;
  const broken = issues.value.some(({ severity }) => severity === "error");
  return (
    <div class={`studio page-${page.value}`}>
      <Header />
      <Notices />
      {page.value === "build" && (
        <main class="build">
          <Parameters />
          <MovieView />
          <Inspector />
        </main>
      )}
      {page.value === "generate" && <Later view={generate} />}
      {page.value === "learn" && <Later view={learn} />}
      {!plan.value && !failure.value && !broken && <p class="starting">Starting the simulator …</p>}
    </div>
  );
}
