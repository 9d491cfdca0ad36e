// How much the page keeps in the browser, and a button that empties it.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { targetNow } from "./choice-view.tsx";
import { done, running } from "./job.ts";
import { sizeOf } from "./size.ts";
import { empty, type Kept, kept } from "./storage.ts";

/** `bytes`: about how many the recording has that would be made now. */
export function StorageView({ bytes: needed }: { readonly bytes: number }) {
  const shown = useSignal<Kept | null>(null);
  const read = async () => {
    shown.value = await kept().catch(() => null);
  };
  const busy = running.value !== null;
  const made = done.value;
  // Anew whenever something was made, or stopped.
  useEffect(() => {
    if (!busy) void read();
  }, [busy, made]);
  if (!shown.value) return null;
  const { bytes, names, room } = shown.value;
  const tooMuch = room !== null && needed > room && targetNow() === "browser";
  return (
    <>
      <h3>Kept in this browser</h3>
      <p class="about" data-test="kept">
        {names.length === 0
          ? "Nothing."
          : `${sizeOf(bytes)} in ${countOf(names)}, until you empty it.`}
        {room !== null && ` Room for ${sizeOf(room)} more.`}
      </p>
      {tooMuch && !busy && (
        <p class="problem" data-test="no-room">
          The movie alone has {sizeOf(needed)}, for which there is no room.
        </p>
      )}
      <div class="actions">
        <button
          type="button"
          class="quiet"
          data-test="empty"
          disabled={busy || names.length === 0}
          title={names.join("\n")}
          onClick={async () => {
            await empty();
            if (done.value?.target === "browser") done.value = null;
            await read();
          }}
        >
          Empty
        </button>
      </div>
    </>
  );
}

function countOf(names: readonly string[]): string {
  const zips = names.filter((name) => name.endsWith(".zip")).length;
  const recordings = names.length - zips;
  const counted = recordings === 1 ? "one recording" : `${recordings} recordings`;
  return zips === 0 ? counted : `${counted} and ${zips === 1 ? "a zip" : `${zips} zips`}`;
}
