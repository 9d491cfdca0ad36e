// What does not keep to the protocol.

/** The message is one sentence for whoever writes the other side. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
}
