// What is seen, as files: the picture as it stands, with scale bar and outlines; the chosen cells' traces; every cell's numbers.
import { windowCount } from "../state/counted.ts";
import { cacheKey, plan, scene } from "../state/live.ts";
import { stage } from "../state/view.ts";
import { saveFile } from "../ui/save-file.ts";
import "../style/print.css";
import { shownTraces } from "../view/traces.tsx";
import { pictureSvg } from "./picture-svg.ts";
import { svgFile } from "./svg.ts";
import { cellsTable, tracesTable } from "./tables.ts";

export function SaveFigures() {
  const traces = shownTraces.value;
  const film = plan.value;
  return (
    <section class="panel figures">
      <h2>Take home</h2>
      <div class="places">
        <button type="button" class="quiet" data-test="save-picture" onClick={savePicture}>
          Picture (PNG)
        </button>
        <button
          type="button"
          class="quiet"
          data-test="save-picture-svg"
          title="The whole frame, with outlines as lines, scale bar and legend"
          onClick={savePictureSvg}
        >
          Picture (SVG)
        </button>
        <button
          type="button"
          class="quiet"
          data-test="save-traces"
          disabled={!traces || !film}
          onClick={() => saveText("traces", tracesTable(traces!.traces, film!.fps))}
        >
          Traces (CSV)
        </button>
        <button
          type="button"
          class="quiet"
          data-test="save-traces-svg"
          disabled={!traces}
          onClick={() => saveDrawing("traces", ".traces .plot svg")}
        >
          Traces (SVG)
        </button>
        <button
          type="button"
          class="quiet"
          data-test="save-cells-svg"
          onClick={() => saveDrawing("histograms", ".inspector .bars, .inspector .side svg")}
        >
          Histograms and side view (SVG)
        </button>
        <button type="button" class="quiet" data-test="print" onClick={() => print()}>
          Print a sheet
        </button>
        <button
          type="button"
          class="quiet"
          data-test="save-cells"
          disabled={!scene.value}
          onClick={() =>
            saveText("cells", cellsTable(scene.value!, windowCount.value?.census ?? null))
          }
        >
          Cells (CSV)
        </button>
      </div>
    </section>
  );
}

const named = (what: string, ending: string): string =>
  `minisim-${cacheKey.value}-${what}.${ending}`;

function savePicture(): void {
  document.querySelector<HTMLCanvasElement>("#movie")?.toBlob((blob) => {
    if (blob) saveFile(blob, named(stage.value, "png"));
  });
}

function savePictureSvg(): void {
  const text = pictureSvg();
  if (text) saveFile(new Blob([text], { type: "image/svg+xml" }), named(stage.value, "svg"));
}

function saveDrawing(what: string, selector: string): void {
  const drawings = [...document.querySelectorAll<SVGSVGElement>(selector)];
  saveFile(new Blob([svgFile(drawings)], { type: "image/svg+xml" }), named(what, "svg"));
}

const saveText = (what: string, text: string): void =>
  saveFile(new Blob([text], { type: "text/csv" }), named(what, "csv"));
