import type { EntityKey } from "../model/entity.ts";
import { pointerParts, pointerTo, valueAt, type JsonPointer } from "../model/json.ts";
import type { OriginsOf, ValueOrigin } from "../model/value-origin.ts";
import type { Config, DeclaredEntity } from "./config.ts";
import { spanOf } from "./source/positions.ts";
import { writtenAt } from "./values/provenance.ts";

/** Where each value of the configuration is written, for a plan that shows it. */
export function valueOrigins({ entities }: Pick<Config, "entities">): OriginsOf {
  const byKey = new Map<EntityKey, DeclaredEntity>(entities.map((entity) => [entity.key, entity]));
  return (key, path) => {
    const entity = byKey.get(key);
    const [field = ""] = pointerParts(path);
    if (entity === undefined || !Object.hasOwn(entity.written, field)) return [];
    // A canonical value may have another shape than the one that was written: then the whole field counts.
    const pointer = valueAt(entity.written, path) === undefined ? pointerTo(field) : path;
    const parts = [...entity.provenance].flatMap(([at, { origin }]) =>
      at.startsWith(`${pointer}/`) && origin !== undefined ? [at] : [],
    );
    const origins = [pointer, ...parts].map((at) => originOf(entity, at));
    return [
      ...new Map(
        origins.map((origin) => [`${origin.by} ${origin.name} ${origin.at.file}:${origin.at.line}`, origin]),
      ).values(),
    ];
  };
}

function originOf({ kind, provenance }: DeclaredEntity, pointer: JsonPointer): ValueOrigin {
  const { by, place, pointer: written, isInRow } = writtenAt(provenance, pointer);
  const parts = pointerParts(written);
  // In a CSV file, the key of a cell is in the first line.
  const at = spanOf(place, isInRow === true ? "value" : "key");
  switch (by) {
    case "object":
      return { by, at };
    case "template":
      return { by, name: (kind === "monitor" ? parts[1] : parts[2]) ?? "", at };
    case "defaults":
    case "override":
    case "service":
      return { by, name: parts[1] ?? "", at };
    case "group":
      // A group may have its defaults from a template.
      return { by: parts[0] === "templates" ? "template" : "group", name: parts[1] ?? "", at };
    default:
      return by satisfies never;
  }
}
