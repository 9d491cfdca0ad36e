// One-call recordings for test suites, the same bytes every time.
export { InputError } from "@minisim/spec/input";
export { makeRecording, recordingSpec } from "./make-recording.ts";
export type { RecordingOptions, StepParameters } from "./recording-options.ts";
