// What the page keeps in the browser, each with its download, and a button that empties it.
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { targetNow } from "./choice-view.tsx";
import { downloadKept } from "./download.ts";
import { done, problem, running } from "./job.ts";
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
  const { entries, room } = shown.value;
  const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
  const tooMuch = room !== null && needed > room && targetNow() === "browser";
  return (
    <>
      <h3>Kept in this browser</h3>
      <p class="about" data-test="kept">
        {entries.length === 0
          ? "Nothing."
          : `${sizeOf(bytes)} in ${countOf(entries.map(({ name }) => name))}, until you empty it.`}
        {room !== null && ` Room for ${sizeOf(room)} more.`}
      </p>
      {!busy && (
        <ul class="kept">
          {entries.map((entry) => (
            <KeptRow key={entry.name} {...entry} />
          ))}
        </ul>
      )}
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
          disabled={busy || entries.length === 0}
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

function KeptRow({ name, bytes }: Kept["entries"][number]) {
  const packing = useSignal(false);
  return (
    <li>
      <span>{name}</span> {sizeOf(bytes)}
      <button
        type="button"
        class="quiet"
        data-test="download-kept"
        aria-label={`Download ${name}`}
        disabled={packing.value}
        onClick={async () => {
          packing.value = true;
          try {
            await downloadKept(name);
          } catch (error) {
            problem.value = error instanceof Error ? error.message : String(error);
          }
          packing.value = false;
        }}
      >
        {packing.value ? "Packing …" : "Download"}
      </button>
    </li>
  );
}

function countOf(names: readonly string[]): string {
  const zips = names.filter((name) => name.endsWith(".zip")).length;
  const recordings = names.length - zips;
  const counted = recordings === 1 ? "one recording" : `${recordings} recordings`;
  return zips === 0 ? counted : `${counted} and ${zips === 1 ? "a zip" : `${zips} zips`}`;
}
