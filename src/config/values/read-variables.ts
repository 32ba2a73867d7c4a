/** `vars:` of all files with `--var` laid over them, as texts ready for `${var:name}`. */
import { isScalar } from "yaml";
import type { Variable } from "./interpolate.ts";
import { resolved, spanOf, type Place } from "../source/positions.ts";
import { readValue, type ReadContext } from "./read-value.ts";

/**
 * Values given by `--var` are taken as they are and win; those of `vars:` may hold `${env:}` and `${file:}`, and then
 * whatever uses them is secret.
 */
export function readVariables(
  written: ReadonlyMap<string, Place>,
  given: Readonly<Record<string, string>>,
  contextFor: (place: Place) => ReadContext,
): ReadonlyMap<string, Variable> {
  const variables = new Map<string, Variable>();
  for (const [name, place] of written) {
    if (!Object.hasOwn(given, name)) variables.set(name, readVariable(name, place, contextFor(place)));
  }
  for (const [name, text] of Object.entries(given)) variables.set(name, { text, isSecret: false });
  return variables;
}

function readVariable(name: string, place: Place, context: ReadContext): Variable {
  const { value, secrets, broken } = readValue(place, context);
  if (broken.length > 0) return { text: undefined, isSecret: false };
  if (typeof value === "string") return { text: value, isSecret: secrets.length > 0 };
  const node = resolved(place.document, place.node);
  // Numbers and booleans are the text that was written: `1.0` stays `1.0`.
  if (isScalar(node) && node.source !== undefined && value !== null) return { text: node.source, isSecret: false };
  context.report({
    code: "KS1202",
    severity: "error",
    message: `variable "${name}" must be text, not ${value === null ? "nothing" : "a mapping or a list"}`,
    at: spanOf(place, value === null ? "key" : "value"),
  });
  return { text: undefined, isSecret: false };
}
