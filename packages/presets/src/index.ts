export { type BuildOptions, buildSpec, preset, presetNames } from "./build-spec.ts";
export { type Region, type RegionName, regions } from "./regions.ts";
export { type Scope, type ScopeName, scopes } from "./scopes.ts";
