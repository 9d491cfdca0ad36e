// Takes what is chosen or dropped: a spec, or else a movie, a recording or results; what reads them is loaded when there is one.
export async function take(file: File): Promise<void> {
  const { openSpec } = await import("./open-spec.ts");
  await openSpec(file);
}

const SPEC = /\.(ya?ml|json)$/i;

/** Takes files that are dropped where nothing else wants them. */
export function acceptDrops(): void {
  addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    const { dataTransfer } = event;
    const file = dataTransfer?.files[0];
    if (!file || event.defaultPrevented) return;
    event.preventDefault();
    if (dataTransfer.files.length === 1 && SPEC.test(file.name)) {
      void take(file);
      return;
    }
    // Entries are there while the event is.
    const entries = [...dataTransfer.items].map((item) => item.webkitGetAsEntry());
    const plain = [...dataTransfer.files];
    void import("./dropped.ts").then(({ takeEntries }) => takeEntries(entries, plain));
  });
}
