// The mark of a file that this program wrote. It is plain text that a format puts where it has room: a comment, a tag, an attribute.
// A single file is replaced only if it carries the mark. It works in browsers too.

/** Changes when marks and manifests of today would no longer be understood. */
export const OUTPUT_VERSION = 1;

/** The text that says that a file is a `kind` of ours: "tiff", "report". ASCII. */
export const markOf = (kind: string): string => `minisim-output ${OUTPUT_VERSION} ${kind}`;

/** How far from its beginning or its end a file is searched for its mark. */
export const MARK_REACH_BYTES = 1 << 20;
