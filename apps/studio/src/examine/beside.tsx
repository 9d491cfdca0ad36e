// A movie or a recording of others beside the simulation: what the file tells, what it does not, and measures of both.
import { AddressField } from "./address-field.tsx";
import { FileButtons } from "./file-buttons.tsx";
import { MeasuresTable } from "./measures-table.tsx";
import { measureBoth, opened, openMovie, progress, scale } from "./session.ts";

export function Beside() {
  const movie = opened.value;
  const isBusy = progress.value !== null;
  return (
    <section class="panel examine" data-test="another-movie">
      <h2>
        A movie beside it <span>of yours, or a recording</span>
      </h2>
      <p class="places">
        <FileButtons
          test="movie"
          label="Open"
          hint="TIFF, NumPy, HDF5, NWB, AVI of uncompressed greys or of MJPEG; a recording as a zip"
          disabled={isBusy}
          take={openMovie}
        />
        {movie && (
          <button
            type="button"
            class="quiet"
            data-test="measure"
            disabled={isBusy || !isScaled()}
            onClick={() => void measureBoth()}
          >
            Measure both
          </button>
        )}
      </p>
      <AddressField disabled={isBusy} />
      {movie && (
        <p data-test="opened">
          <b>{movie.name}</b>: {movie.frames} frames of {movie.height} × {movie.width} px
          {movie.fps !== null && `, ${Number(movie.fps.toPrecision(4))} frames/s`}
          {movie.pixelSizeUm !== null && `, ${Number(movie.pixelSizeUm.toPrecision(3))} µm a pixel`}
        </p>
      )}
      {movie && <ScaleFields />}
      <MeasuresTable />
      {!movie && (
        <p class="hint">
          Its picture stands beside the simulation’s, and the statistics of both beside those of
          published recordings. Nothing leaves the tab; what has an address is asked of its server
          alone.
        </p>
      )}
    </section>
  );
}

function isScaled(): boolean {
  const { fps = null, pixelSizeUm = null } = opened.value ?? {};
  return (fps ?? scale.value.fps) !== null && (pixelSizeUm ?? scale.value.pixelSizeUm) !== null;
}

/** What the file does not tell. */
function ScaleFields() {
  const movie = opened.value!;
  const fields = [
    ["fps", "frames per second", movie.fps],
    ["pixelSizeUm", "µm a pixel", movie.pixelSizeUm],
  ] as const;
  return (
    <p class="scale">
      {fields.map(
        ([name, label, told]) =>
          told === null && (
            <label key={name}>
              {label}
              <input
                type="text"
                inputMode="decimal"
                data-test={`scale-${name}`}
                onInput={(event) => {
                  const value = Number(event.currentTarget.value);
                  scale.value = { ...scale.value, [name]: value > 0 ? value : null };
                }}
              />
            </label>
          ),
      )}
    </p>
  );
}
