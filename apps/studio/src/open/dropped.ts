// Movies, recordings and results that are dropped: files and whole folders.
import { type Dropped, takeDropped } from "../examine/session.ts";

export async function takeEntries(
  entries: readonly (FileSystemEntry | null)[],
  plain: readonly File[],
): Promise<void> {
  const found = entries.filter((entry) => entry !== null);
  const files =
    found.length > 0
      ? (await Promise.all(found.map((entry) => filesIn(entry, "")))).flat()
      : plain.map((file) => ({ path: file.name, blob: file }));
  await takeDropped(files);
}

async function filesIn(entry: FileSystemEntry, above: string): Promise<Dropped[]> {
  const path = `${above}${entry.name}`;
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    return [{ path, blob }];
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: Dropped[] = [];
  // A folder is told a hundred entries at a time.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return files;
    for (const inner of some) files.push(...(await filesIn(inner, `${path}/`)));
  }
}
