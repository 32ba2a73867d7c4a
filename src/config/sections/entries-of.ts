import { isMap, isScalar, type ParsedNode } from "yaml";
import type { Finding } from "../../model/finding.ts";
import { keysOfItems } from "../pasted/keys-of-items.ts";
import { resolved, spanOf, type YamlPlace } from "../source/positions.ts";
import { readEntries } from "../values/read-value.ts";

/** Empty for a key without a value: `monitors:` with all its monitors commented out is not a mistake. */
export function entriesOf(
  place: YamlPlace,
  what: string,
  report: (finding: Finding) => void,
): ReadonlyMap<string, YamlPlace> {
  const node = resolved(place.document, place.node);
  if (isMap(node)) return readEntries({ ...place, node }, report);
  if (node !== undefined && isScalar(node) && node.value === null) return new Map();
  report({
    code: "KS1202",
    severity: "error",
    message: `${what} must be a mapping, not ${isScalar(node) ? "text" : "a list"}`,
    at: spanOf(place, "value"),
    hint: keysHint(node),
  });
  return new Map();
}

function keysHint(node: ParsedNode | undefined): string {
  const keys = node === undefined ? [] : keysOfItems(node);
  if (keys.length === 0) return "write each as `key: { … }`";
  const shown = keys.slice(0, 4).map((key) => `\`${key}:\``);
  const more = keys.length > shown.length ? ` and ${keys.length - shown.length} more` : "";
  return `use keys in place of the dashes: ${shown.join(", ")}${more}`;
}

/** No value, or one that is nothing. */
export function isEmptyPlace({ document, node }: YamlPlace): boolean {
  const value = resolved(document, node);
  return value === undefined || (isScalar(value) && value.value === null);
}
