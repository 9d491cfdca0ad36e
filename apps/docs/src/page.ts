// A page before it is Markdown on disk.
export interface Page {
  /** In the site: "steps/vasculature.md". */
  readonly path: string;
  readonly title: string;
  /** For search engines and links: one sentence. */
  readonly description: string;
  /** Markdown whose links lead to pages, by their paths in the site: "/steps/vasculature.md#limits". */
  readonly text: string;
  /** Further fields of the page's head. */
  readonly front?: Readonly<Record<string, unknown>>;
  /** Those that are in no file of their own, by their address in the site. */
  readonly pictures?: ReadonlyMap<string, Uint8Array>;
}
