// What the user wrote as a part of a sentence: a few words of it, however much there is.

/** The text, or its first `most` letters and "…". */
export function excerpt(text: string, most = 60): string {
  if (text.length <= most) return text;
  // Half of a letter beyond 16 bits is none.
  return `${text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
