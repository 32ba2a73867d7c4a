/** The JSON Schemas that are published with this version. */
import { readFile } from "node:fs/promises";
import { documentNames } from "../../output/json.ts";
import { packageFile } from "../../run/package-file.ts";

export const schemaNames = ["config", ...documentNames] as const;
export type SchemaName = (typeof schemaNames)[number];

/** The text of the published file. */
export function readSchema(name: SchemaName): Promise<string> {
  return readFile(packageFile(`schemas/${name}.schema.json`), "utf8");
}
