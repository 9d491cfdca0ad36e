// Reads a pickle as data: a machine of a stack and a memo that knows the operations which build plain values, and no others.
// Operations and their codes: https://docs.python.org/3/library/pickletools.html
import { InteropError } from "../error.ts";
import { LITERALS, latin1 } from "./literals.ts";
import { build, PyGlobal, PyTuple, reduced } from "./python-values.ts";

const MARK = Symbol("mark");

/**
 * The value of a pickle of protocols 2 to 5: numbers, texts, bytes (Uint8Array), lists (arrays), PyTuple, dictionaries
 * (Map), PyArray. `place` begins the sentences of errors.
 * @throws InteropError "malformed" for a damaged pickle, or one that uses anything but plain data and NumPy's arrays.
 */
export function unpickle(bytes: Uint8Array, place: string): unknown {
  return new Machine(bytes, place).run();
}

class Machine {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #place: string;
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();
  #at = 0;

  constructor(bytes: Uint8Array, place: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#place = place;
  }

  run(): unknown {
    for (;;) {
      const code = String.fromCharCode(this.#take(1)[0]!);
      if (code === ".") return this.#pop();
      this.#step(code);
    }
  }

  #step(code: string): void {
    const stack = this.#stack;
    if (this.#literal(code) || this.#container(code)) return;
    switch (code) {
      case "\x80": // protocol
        this.#take(1);
        return;
      case "\x95": // frame: a hint to readers of streams
        this.#take(8);
        return;
      case "(":
        stack.push(MARK);
        return;
      case "0":
        this.#pop();
        return;
      case "1":
        this.#popMark();
        return;
      case "2":
        stack.push(this.#top());
        return;
      case "c":
        stack.push(new PyGlobal(this.#line(), this.#line(), this.#place));
        return;
      case "\x93": {
        const [name, module] = [this.#pop(), this.#pop()];
        stack.push(new PyGlobal(String(module), String(name), this.#place));
        return;
      }
      case "R":
      case "\x81": {
        const [args, callable] = [this.#pop(), this.#pop()];
        stack.push(reduced(callable, args, this.#place));
        return;
      }
      case "b": {
        const state = this.#pop();
        build(this.#top(), state, this.#place);
        return;
      }
      default:
        this.#memorize(code);
    }
  }

  /** Values that stand in the stream themselves. */
  #literal(code: string): boolean {
    const read = LITERALS[code];
    if (!read) return false;
    this.#stack.push(
      read({
        take: (length) => this.#take(length),
        uint: (width) => this.#uint(width),
        bad: (problem) => this.#bad(problem),
      }),
    );
    return true;
  }

  #container(code: string): boolean {
    const stack = this.#stack;
    switch (code) {
      case "]":
        stack.push([]);
        return true;
      case "}":
        stack.push(new Map());
        return true;
      case ")":
        stack.push(new PyTuple([]));
        return true;
      case "t":
        stack.push(new PyTuple(this.#popMark()));
        return true;
      case "\x85":
      case "\x86":
      case "\x87": {
        const size = code.charCodeAt(0) - 0x84;
        const items = Array.from({ length: size }, () => this.#pop()).reverse();
        stack.push(new PyTuple(items));
        return true;
      }
      case "a":
        this.#append([this.#pop()]);
        return true;
      case "e":
        this.#append(this.#popMark());
        return true;
      case "s": {
        const [value, key] = [this.#pop(), this.#pop()];
        this.#set([key, value]);
        return true;
      }
      case "u":
        this.#set(this.#popMark());
        return true;
      default:
        return false;
    }
  }

  #memorize(code: string): void {
    const memo = this.#memo;
    if (code === "\x94") memo.set(memo.size, this.#top());
    else if (code === "q") memo.set(this.#uint(1), this.#top());
    else if (code === "r") memo.set(this.#uint(4), this.#top());
    else if (code === "h") this.#recall(this.#uint(1));
    else if (code === "j") this.#recall(this.#uint(4));
    else {
      const hex = code.charCodeAt(0).toString(16);
      throw this.#bad(`uses the pickle operation 0x${hex}, which plain data does not need`);
    }
  }

  #recall(key: number): void {
    if (!this.#memo.has(key)) throw this.#bad("refers to what it does not hold");
    this.#stack.push(this.#memo.get(key));
  }

  #append(items: readonly unknown[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw this.#bad("appends to what is no list");
    for (const item of items) list.push(item);
  }

  #set(items: readonly unknown[]): void {
    const map = this.#top();
    if (!(map instanceof Map) || items.length % 2 === 1) {
      throw this.#bad("sets entries of what is no dictionary");
    }
    for (let i = 0; i < items.length; i += 2) map.set(items[i], items[i + 1]);
  }

  #top(): unknown {
    const value = this.#stack.at(-1);
    if (this.#stack.length === 0 || value === MARK) throw this.#bad("takes from an empty stack");
    return value;
  }

  #pop(): unknown {
    const value = this.#top();
    this.#stack.pop();
    return value;
  }

  #popMark(): unknown[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) throw this.#bad("ends a list that it did not begin");
    const items = this.#stack.splice(mark);
    items.shift();
    return items;
  }

  #take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw this.#bad("is cut off");
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  #uint(width: 1 | 2 | 4 | 8): number {
    const at = this.#at;
    this.#take(width);
    if (width === 1) return this.#view.getUint8(at);
    if (width === 2) return this.#view.getUint16(at, true);
    if (width === 4) return this.#view.getUint32(at, true);
    return Number(this.#view.getBigUint64(at, true));
  }

  #line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) throw this.#bad("is cut off");
    const text = latin1(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }

  #bad(problem: string): InteropError {
    return new InteropError("malformed", `${this.#place} ${problem}.`);
  }
}
