// The compiled coder of assembly/: entropy coding of literals and CRC-32C. One instance and one memory for each thread.
import { literalsModule } from "./generated/literals.generated.ts";

export type LiteralsModule = {
  readonly memory: WebAssembly.Memory;
  /** Addresses of what a call takes and of what it leaves. */
  input(): number;
  output(): number;
  /** Most bytes of one call. */
  segmentBytes(): number;
  frameHeader(length: number): number;
  encodeSegment(length: number, last: boolean): number;
  crc32c(crc: number, length: number): number;
};

export interface Literals {
  readonly wasm: LiteralsModule;
  /** The segments that a call takes and leaves; the memory never grows, so these stay valid. */
  readonly input: Uint8Array;
  readonly output: Uint8Array;
}

let instance: Literals | undefined;

export function literals(): Literals {
  instance ??= instantiate();
  return instance;
}

function instantiate(): Literals {
  // atob exists in browsers, in their workers and in Node.
  const bytes = Uint8Array.from(atob(literalsModule), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
  const wasm = exports as LiteralsModule;
  const { buffer } = wasm.memory;
  return {
    wasm,
    input: new Uint8Array(buffer, wasm.input(), wasm.segmentBytes()),
    output: new Uint8Array(buffer, wasm.output()),
  };
}
