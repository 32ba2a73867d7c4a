/** `schema`: the JSON Schema of the configuration or of a document, for exactly this version. */
import { readFile } from "node:fs/promises";
import type { Outcome } from "../model/exit-code.ts";
import { documentNames } from "../output/json.ts";
import type { Context } from "./context.ts";

export const schemaNames = ["config", ...documentNames] as const;
export type SchemaName = (typeof schemaNames)[number];

export async function runSchema(context: Context, name: SchemaName): Promise<Outcome> {
  context.stdout.write(await readSchema(name));
  return { type: "done" };
}

/** The text of the published file. */
export function readSchema(name: SchemaName): Promise<string> {
  return readFile(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8");
}
