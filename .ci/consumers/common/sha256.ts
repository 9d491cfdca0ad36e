// The SHA-256 of a movie, in Node and in browsers.
export async function sha256(movie: ArrayLike<number>): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(movie));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
