// The part of gifenc that is used here; the package has no types.
declare module "gifenc" {
  export interface Encoder {
    /** `index`: a palette entry a pixel. The first frame's palette is the file's. `delay`: ms, in steps of 10. `repeat` 0: for ever. */
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        readonly palette?: readonly (readonly [number, number, number])[];
        readonly delay?: number;
        readonly repeat?: number;
      },
    ): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  export function GIFEncoder(): Encoder;
  /** In Node, which does not see the names of the CommonJS build, the whole module. */
  const module: { readonly GIFEncoder?: typeof GIFEncoder };
  export default module;
}
