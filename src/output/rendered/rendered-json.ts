import { localKey } from "../../model/entity.ts";
import type { JsonObject } from "../../model/json.ts";
import type { RenderedConfiguration } from "../../model/rendered-configuration.ts";
import { serialise } from "../json.ts";

/** A key at the top level that nothing reads: JSON has no comments. */
const placesKey = "x-origins";

/** A rendered configuration as JSON, which is read as a configuration too. */
export function renderedJson({ head, objects, tail }: RenderedConfiguration): string {
  const names = [...new Set(objects.map(({ section }) => section))];
  const sections = names.map((name): [string, JsonObject] => {
    const own = objects.filter(({ section }) => section === name);
    const only = own.find(({ isOnly }) => isOnly);
    return [name, only?.fields ?? Object.fromEntries(own.map(({ key, fields }) => [localKey(key), fields]))];
  });
  const places = objects.map(({ key, sources }) => [key, sources]);
  return serialise({ ...head, ...Object.fromEntries(sections), ...tail, [placesKey]: Object.fromEntries(places) });
}
