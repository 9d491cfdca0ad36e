// What registering the movie of the stage that is shown leaves of its motion.
import { demixed, simulator } from "../engine/client.ts";
import type { Registration } from "../engine/registration.ts";
import { plan } from "../state/live.ts";
import { stageLabel } from "../view/stage-rail.tsx";
import { anew } from "./anew.ts";

const { report, working, use } = anew<Registration>((...of) => simulator.registration(...of));

export function RegistrationPanel() {
  use();
  const now = report.value;
  const um = (px: number) => `${(px * (plan.value?.pixelSizeUm ?? 1)).toFixed(1)} µm`;
  const percent = `${(100 * demixed.value).toFixed(0)} %`;
  if (!now) return <p class="hint">Registering … {percent}</p>;
  const rows = [
    ["not registered", now.moved],
    ["frames as they are", now.raw],
    ["less their surroundings", now.filtered],
    ["rows and columns levelled, smoothed, less surroundings", now.cleaned],
  ] as const;
  return (
    <section class="panel" data-test="registration">
      <h2>
        Motion that is left <span>after {stageLabel(now.stage)}, root mean square</span>
      </h2>
      {working.value && <p class="hint">Registering anew … {percent}</p>}
      <table class={working.value ? "stale" : ""}>
        <tbody>
          {rows.map(([name, px]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{px.toFixed(2)} px</td>
              <td>{um(px)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
