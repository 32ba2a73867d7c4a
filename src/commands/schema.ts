/** `schema`: prints the JSON Schema of the configuration or of a document, for exactly this version. */
import { Argument } from "commander";
import type { Outcome } from "../model/exit-code.ts";
import type { CommandDefinition } from "../run/command.ts";
import type { Run } from "../run/run.ts";
import { readSchema, schemaNames, type SchemaName } from "../documents/published-schemas.ts";

interface SchemaFlags {
  readonly name: SchemaName;
}

export const schemaCommand: CommandDefinition<SchemaFlags> = {
  help: `
Examples:
  kuma-sync schema > config.schema.json       for editors
  kuma-sync schema plan                       what plan --format json prints
`,
  declare: (command) => command.addArgument(new Argument("[name]", "which").choices(schemaNames).default("config")),
  run: runSchema,
};

async function runSchema({ context, flags }: Run<SchemaFlags>): Promise<Outcome> {
  context.stdout.write(await readSchema(flags.name));
  return { type: "done" };
}
