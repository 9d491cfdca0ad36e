// The page: header, and one of its three views.
import { useEffect } from "preact/hooks";
import { Generate } from "./generate/generate.tsx";
import { Learn } from "./learn/learn.tsx";
import { Parameters } from "./panels/parameters.tsx";
import { failure, plan } from "./state/live.ts";
import { page } from "./state/page.ts";
import { issues } from "./state/spec.ts";
import { Header } from "./ui/header.tsx";
import { onKey } from "./ui/keys.ts";
import { Notices } from "./ui/notices.tsx";
import { Inspector } from "./view/inspector.tsx";
import { MovieView } from "./view/movie-view.tsx";

export function App() {
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
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
      {page.value === "generate" && <Generate />}
      {page.value === "learn" && <Learn />}
      {!plan.value && !failure.value && !broken && <p class="starting">Starting the simulator …</p>}
    </div>
  );
}
