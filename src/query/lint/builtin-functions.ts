import type { ResultType } from "../check.ts";

type Result = Extract<ResultType, "string" | "number" | "boolean" | "array" | "object" | "undefined"> | "unknown";

/**
 * The functions of jsonata with the type of their result, if they have one. The names are the same from 2.0.3 to 2.2.2
 * (docs/upstream/jsonata.md#releases-of-jsonata).
 */
export const builtinFunctions: ReadonlyMap<string, Result> = new Map<string, Result>([
  ...named("number", "sum count max min average length parseInteger number floor ceil round abs sqrt power random"),
  ...named("number", "toMillis millis"),
  ...named("boolean", "contains boolean not exists"),
  ...named("string", "string substring substringBefore substringAfter lowercase uppercase trim pad replace join"),
  ...named("string", "formatNumber formatBase formatInteger base64encode base64decode encodeUrlComponent encodeUrl"),
  ...named("string", "decodeUrlComponent decodeUrl fromMillis now type"),
  ...named("unknown", "split zip append spread reverse shuffle distinct"),
  // One match gives an object, several give a list of objects; neither can be compared.
  ...named("object", "merge match"),
  ...named("unknown", "map filter single reduce sift keys lookup each sort clone eval"),
  ...named("undefined", "error assert"),
]);

function named(result: Result, names: string): (readonly [string, Result])[] {
  return names.split(" ").map((name) => [name, result] as const);
}
