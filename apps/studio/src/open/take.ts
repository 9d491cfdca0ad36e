// Takes a spec file; what reads it is loaded when there is one.
export async function take(file: File): Promise<void> {
  const { openSpec } = await import("./open-spec.ts");
  await openSpec(file);
}

/** Takes specs that are dropped where nothing else wants them. */
export function acceptDrops(): void {
  addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    const file = event.dataTransfer?.files[0];
    if (!file || event.defaultPrevented) return;
    event.preventDefault();
    void take(file);
  });
}
