// Check: a task for the knobs, which is done when the counts say so.
import { useSignalEffect } from "@preact/signals";
import { differences } from "../compare/differences.ts";
import { knobOf } from "../panels/knob.tsx";
import { windowCount } from "../state/counted.ts";
import { plan, planned } from "../state/live.ts";
import { at } from "../state/paths.ts";
import { draft } from "../state/spec.ts";
import { course, finish } from "./course.ts";
import type { Outcome, Task } from "./lesson.ts";
import { lessonSpec } from "./session.ts";

interface Props {
  readonly place: string;
  readonly task: Task;
}

export function TaskCard({ place, task }: Props) {
  useSignalEffect(() => {
    const now = outcome();
    if (now && task.holds(now)) finish(place);
  });
  const isDone = course.value.done[place] === true;
  return (
    <div class={`card${isDone ? " done" : ""}`} data-test="task">
      <p>
        <b>To do:</b> {task.ask}
      </p>
      <p role="status">{isDone ? `✓ Done. ${task.because}` : "Not yet."}</p>
    </div>
  );
}

function outcome(): Outcome | null {
  const counted = windowCount.value;
  const [now, before] = [draft.value, lessonSpec.value];
  if (!counted || counted.plan !== plan.value?.number || planned.value !== now) return null;
  if (!now || !before) return null;
  return {
    census: counted.census,
    value: (where, field) => Number(at(now, knobOf(where, field)?.path ?? ["nothing"])),
    onlyChanged: (...names) =>
      differences(before, now).every(({ place }) => names.some((name) => place.endsWith(name))),
  };
}
