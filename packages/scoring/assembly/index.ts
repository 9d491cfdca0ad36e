// Images, and eight frames at once that are sums of them: how frames lie side by side, what images make of them, how tissue moves them.
export { project, spread } from "./images";
export { apart, beside } from "./lanes";
export { back, there } from "./moves";
