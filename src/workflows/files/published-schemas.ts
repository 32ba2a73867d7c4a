/** The JSON Schemas that are published with this version. */
import { readFile } from "node:fs/promises";
import { documentNames } from "../../output/json.ts";

export const schemaNames = ["config", ...documentNames] as const;
export type SchemaName = (typeof schemaNames)[number];

/** The text of the published file. */
export function readSchema(name: SchemaName): Promise<string> {
  return readFile(new URL(`../../../schemas/${name}.schema.json`, import.meta.url), "utf8");
}
