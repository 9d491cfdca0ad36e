// What browsers have and lib.dom lacks: files of the browser's own as workers write them, and the pickers of some browsers.
interface FileSystemSyncAccessHandle {
  getSize(): number;
  truncate(size: number): void;
  read(target: Uint8Array, options?: { readonly at?: number }): number;
  write(bytes: Uint8Array, options?: { readonly at?: number }): number;
  flush(): void;
  close(): void;
}

interface FileSystemFileHandle {
  /** In workers alone, for files of the browser's own. */
  createSyncAccessHandle(): Promise<FileSystemSyncAccessHandle>;
}

interface Window {
  showDirectoryPicker?(options: object): Promise<FileSystemDirectoryHandle>;
  showSaveFilePicker?(options: object): Promise<FileSystemFileHandle>;
}
