// minisim schema: the JSON Schema of specs, for editors and forms.

import { simulatorWith } from "../plugins.ts";
import { json } from "../print.ts";
import type { Context } from "./context.ts";

export async function schema({ io }: Context, { plugin }: { plugin: readonly string[] }) {
  json(io, (await simulatorWith(plugin, io)).Spec.jsonSchema());
}
