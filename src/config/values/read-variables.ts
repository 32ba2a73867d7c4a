/** Reads `vars:` of all files, replaced by `--var`, as texts for `${var:name}`. */
import { isScalar } from "yaml";
import type { ConfigVariable } from "./variables.ts";
import { resolved, spanOf, type YamlPlace } from "../source/positions.ts";
import { holdsSecret, isBroken } from "./provenance.ts";
import { readValue, type ReadContext } from "./read-value.ts";

/**
 * Values of `--var` are used unchanged and replace those of `vars:`. A value of `vars:` may contain `${env:}` and
 * `${file:}`; then every text that uses it is secret.
 */
export function readVariables(
  written: ReadonlyMap<string, YamlPlace>,
  given: Readonly<Record<string, string>>,
  contextFor: (place: YamlPlace) => ReadContext,
): ReadonlyMap<string, ConfigVariable> {
  const variables = new Map<string, ConfigVariable>();
  for (const [name, place] of written) {
    if (!Object.hasOwn(given, name)) variables.set(name, readVariable(name, place, contextFor(place)));
  }
  for (const [name, text] of Object.entries(given)) variables.set(name, { text, isSecret: false });
  return variables;
}

function readVariable(name: string, place: YamlPlace, context: ReadContext): ConfigVariable {
  const { value, provenance } = readValue(place, context);
  if (isBroken(provenance)) return { text: undefined, isSecret: false };
  if (typeof value === "string") {
    const parts = provenance.get("")?.parts;
    return { text: value, isSecret: holdsSecret(provenance), ...(parts === undefined ? {} : { parts }) };
  }
  const node = resolved(place.document, place.node);
  // A number or boolean becomes the written text: `1.0` stays `1.0`.
  if (isScalar(node) && node.source !== undefined && value !== null) return { text: node.source, isSecret: false };
  context.report({
    code: "KS1202",
    severity: "error",
    message: `variable "${name}" must be text, not ${value === null ? "nothing" : "a mapping or a list"}`,
    at: spanOf(place, value === null ? "key" : "value"),
  });
  return { text: undefined, isSecret: false };
}
