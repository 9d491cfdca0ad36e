// Whether a file is a video, by its first bytes.
/** AVI, Matroska, MP4 and QuickTime, Windows Media. */
export function isVideo(head: Uint8Array): boolean {
  const text = new TextDecoder("latin1").decode(head);
  return (
    (text.startsWith("RIFF") && text.startsWith("AVI ", 8)) ||
    text.startsWith("\x1aE\xdf\xa3") ||
    text.startsWith("ftyp", 4) ||
    text.startsWith("0&\xb2u")
  );
}
