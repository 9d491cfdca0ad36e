// What is under way and can be stopped, and what could not be done.
import { progress, stop, trouble } from "./session.ts";

export function Working() {
  const now = progress.value;
  return (
    <>
      {now && (
        <p class="places working" data-test="working">
          <progress max="1" value={now.share} aria-label={now.what} />
          <span>{now.what}</span>
          <button type="button" class="quiet" data-test="stop-examine" onClick={stop}>
            Stop
          </button>
        </p>
      )}
      {trouble.value && (
        <p class="problem" role="alert" data-test="trouble">
          {trouble.value}
        </p>
      )}
    </>
  );
}
