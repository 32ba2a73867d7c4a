/** Monitors as an import has them, without a server. */
import type { Imported, ImportedEntity } from "../../../src/import/imported.ts";
import { liftDefaults } from "../../../src/import/lift-defaults.ts";
import { yamlText } from "../../../src/import/yaml-text.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { monitor } from "../../../src/kinds/monitor.ts";
import { entityKey } from "../../../src/model/entity.ts";
import type { JsonObject } from "../../../src/model/json.ts";

export function entity(key: string, fields: JsonObject, group?: string): ImportedEntity {
  return {
    key: entityKey("monitor", key),
    kind: "monitor",
    id: 1,
    name: key,
    fields,
    group: group === undefined ? undefined : entityKey("monitor", group),
    obstacle: undefined,
  };
}

export function importedOf(entities: readonly ImportedEntity[]): Imported {
  const lifted = liftDefaults(entities, monitor);
  return {
    project: "shop",
    server: { url: "http://127.0.0.1:3001", version: "2.5.3" },
    entities: lifted.entities,
    ...(lifted.defaults === undefined ? {} : { defaults: { monitor: lifted.defaults } }),
    variables: [],
    omissions: [],
    changedByApply: 0,
    declaredElsewhere: [],
    foreign: [],
  };
}

export function textOf(imported: Imported): string {
  return yamlText(imported, { entities: imported.entities, isMain: true }, kinds);
}
