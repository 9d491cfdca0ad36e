export type { SimulateOptions } from "./options.ts";
export { createSimulator, type Simulator } from "./simulator.ts";
