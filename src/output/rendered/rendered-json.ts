import { localKey } from "../../model/entity.ts";
import type { JsonObject } from "../../model/json.ts";
import type { RenderedConfiguration } from "../../model/rendered-configuration.ts";
import { serialise } from "../json.ts";

/** A key at the top level that nothing reads: JSON has no comments. */
const placesKey = "x-origins";

/** A rendered configuration as JSON, which is read as a configuration too. */
export function renderedJson({ head, objects, tail }: RenderedConfiguration): string {
  const sections = new Map<string, JsonObject>();
  for (const { key, section, isOnly, fields } of objects) {
    sections.set(section, isOnly ? fields : { ...sections.get(section), [localKey(key)]: fields });
  }
  const places = objects.map(({ key, sources }) => [key, sources]);
  return serialise({ ...head, ...Object.fromEntries(sections), ...tail, [placesKey]: Object.fromEntries(places) });
}
