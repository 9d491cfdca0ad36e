// @minisim/bridge: the protocol, and the methods behind it. As a process: @minisim/bridge/node.
export type { Failure } from "./failure.ts";
export { type Frame, frameOf, framesIn } from "./frame.ts";
export { decodeMessage, encodeMessage, type Message } from "./message.ts";
export { createMethods } from "./methods.ts";
export { ProtocolError } from "./protocol-error.ts";
export {
  type Call,
  type Method,
  type Pipes,
  PROTOCOL_VERSION,
  type Service,
  serve,
} from "./serve.ts";
export type { TruthFieldInfo } from "./truth-fields.ts";
export { WireArray, type WireArrayInfo, type WireData, type WireDtype } from "./wire-array.ts";
