/** The JSON Schemas that are published with this version. */
import { readFile } from "node:fs/promises";
import { documentNames } from "../model/document-names.ts";
import { packageFile } from "./package-file.ts";

export const schemaNames = ["config", "ledger", ...documentNames] as const;
export type SchemaName = (typeof schemaNames)[number];

/** The text of the published file. */
export function readSchema(name: SchemaName): Promise<string> {
  return readFile(packageFile(`schemas/${name}.schema.json`), "utf8");
}
