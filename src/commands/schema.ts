/** `schema`: the JSON Schema of the configuration or of a document, for exactly this version. */
import type { Outcome } from "../model/exit-code.ts";
import type { Context } from "../run/context.ts";
import { readSchema, type SchemaName } from "../workflows/files/published-schemas.ts";

export async function runSchema(context: Context, name: SchemaName): Promise<Outcome> {
  context.stdout.write(await readSchema(name));
  return { type: "done" };
}
