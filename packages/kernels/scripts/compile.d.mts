export const moduleNames: string[];
export function compileModule(name: string): Promise<Uint8Array>;
