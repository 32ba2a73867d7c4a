/** An import of what a client sees, without the command around it. */
import { checkSchema } from "../../src/documents/schema-check.ts";
import { importObjects, type ImportOptions } from "../../src/import/import-objects.ts";
import type { Imported } from "../../src/import/imported.ts";
import { yamlText } from "../../src/import/yaml-text.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Observed } from "../../src/model/observed.ts";

export interface WrittenImport {
  readonly imported: Imported;
  readonly yaml: string;
  /** What the variables hold. */
  readonly env: Readonly<Record<string, string>>;
}

export async function importFrom(observed: Observed, options: Partial<ImportOptions> = {}): Promise<WrittenImport> {
  const imported = importObjects(observed, kinds, {
    project: "shop",
    adopt: true,
    open: new Set(),
    isSelected: () => true,
    isValid: (schema, written) => checkSchema(schema, written).length === 0,
    ...options,
  });
  return {
    imported,
    yaml: yamlText(imported, { entities: imported.entities, isMain: true }, kinds),
    env: Object.fromEntries(imported.variables.map(({ name, value }) => [name, value])),
  };
}
