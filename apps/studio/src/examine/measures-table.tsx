// Measures of the simulation and of what was opened, beside the range of published recordings.
import { plan } from "../state/live.ts";
import { measures, opened } from "./session.ts";
import type { MeasureRow } from "./types.ts";

export function MeasuresTable() {
  const { opened: real, [`${plan.value?.number}`]: ours } = measures.value;
  const rows = ours?.rows ?? real?.rows ?? [];
  if (rows.length === 0) return null;
  const other = new Map(real?.rows.map((row) => [row.measure, row]));
  const known = rows.filter(
    ({ measure, value }) => value !== null || (other.get(measure)?.value ?? null) !== null,
  );
  return (
    <>
      <table data-test="measures">
        <thead>
          <tr>
            <th scope="col">measure</th>
            <th scope="col">simulated</th>
            <th scope="col">opened</th>
            <th scope="col">published</th>
          </tr>
        </thead>
        <tbody>
          {known.map(({ measure, low, high }) => (
            <tr key={measure}>
              <th scope="row">{spelt(measure)}</th>
              <Cell row={ours?.rows.find((row) => row.measure === measure)} />
              <Cell row={other.get(measure)} />
              <td>{short(low) === short(high) ? short(low) : `${short(low)} – ${short(high)}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">
        {[
          ours && `the first ${ours.seconds.toFixed(0)} s of the simulation`,
          real && `the first ${real.seconds.toFixed(0)} s of what was opened`,
        ]
          .filter(Boolean)
          .join(", ")}
        . Published recordings are few: what lies outside of their range has to be explained, and
        need not be wrong.
      </p>
      {real && opened.value?.isLossy && (
        <p class="hint" data-test="lossy">
          {opened.value.name} is compressed with losses, which smooths away noise and adds edges of
          its blocks: its noise, and whatever is held against its noise, is not that of the camera.
        </p>
      )}
    </>
  );
}

function Cell({ row }: { readonly row: MeasureRow | undefined }) {
  const isOutside = row?.verdict === "above" || row?.verdict === "below";
  return (
    <td class={isOutside ? "outside" : ""} title={row?.verdict ?? ""}>
      {row?.value == null ? "–" : short(row.value)}
      {row?.verdict === "above" && " ↑"}
      {row?.verdict === "below" && " ↓"}
    </td>
  );
}

const short = (value: number): string => `${Number(value.toPrecision(2))}`;

/** "mean_frame.power.0.1-1": dots within numbers stay. */
const spelt = (measure: string): string =>
  measure.replace(/(?<!\d)\.|\.(?!\d)/g, " ").replaceAll("_", " ");
