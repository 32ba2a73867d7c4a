/**
 * Says once what an import would repeat: defaults by type, templates, and loops. What it makes renders to what it was made from.
 */
import type { KindRegistry } from "../../kinds/kind.ts";
import { isJsonObject } from "../../model/json.ts";
import type { Imported } from "../imported.ts";
import { liftTypeDefaults } from "../lift-defaults.ts";
import { findLoops } from "./find-loops.ts";
import { findTemplates } from "./find-templates.ts";

/** The same import, shorter. */
export function factor(imported: Imported, registry: KindRegistry): Imported {
  const kind = registry.get("monitor");
  if (kind === undefined) return imported;
  const ofKind = imported.defaults?.["monitor"];
  const loops = findLoops(imported.entities);
  const lifted = liftTypeDefaults(loops.entities, { kind, defaults: isJsonObject(ofKind) ? ofKind : {} });
  const { templates, entities } = findTemplates(lifted.entities);
  const defaults = { ...imported.defaults, ...lifted.byType };
  return {
    ...imported,
    ...(Object.keys(defaults).length === 0 ? {} : { defaults }),
    ...(Object.keys(templates).length === 0 ? {} : { templates }),
    ...(loops.adopt.length === 0 ? {} : { adopt: loops.adopt }),
    entities,
  };
}
