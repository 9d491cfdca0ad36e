// From the browser's folder to the user's disk: a recording as a zip, streamed, so that it may be larger than memory.

import { saveFile } from "../ui/save-file.ts";
import { filesOf, ownFolder } from "./folder.ts";

export async function downloadZip(parent: FileSystemDirectoryHandle, name: string): Promise<void> {
  const { makeZip } = await import("client-zip");
  const folder = await parent.getDirectoryHandle(name);
  const files = await filesOf(folder);
  async function* entries() {
    for (const { path, handle } of files) {
      yield { name: `${name}/${path}`, input: await handle.getFile() };
    }
  }
  const zip = makeZip(entries());
  const own = await ownFolder();
  if (!own) return;
  // A file of the browser's own: a download reads it from disk.
  const zipName = `${name}.zip`;
  const target = await own.getFileHandle(zipName, { create: true });
  await zip.pipeTo(await target.createWritable());
  saveFile(await target.getFile(), zipName);
}

/** What the browser keeps under this name, whenever it was made: a file as it is, a store as a zip. */
export async function downloadKept(name: string): Promise<void> {
  const own = await ownFolder();
  if (!own) return;
  const isFile = await own.getFileHandle(name).then(
    () => true,
    () => false,
  );
  if (!isFile) return downloadZip(own, name);
  saveFile(await (await own.getFileHandle(name)).getFile(), name);
}
