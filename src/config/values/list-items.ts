/** The items of a list at the top level: `moved:`, `adopt:`. */
import { isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import type { Finding } from "../../model/finding.ts";
import { resolved, spanOf, type YamlPlace } from "../source/positions.ts";

/** The items that are mappings; all others are reported. No items for a key without a value. */
export function listItems(place: YamlPlace, name: string, report: (finding: Finding) => void): readonly YamlPlace[] {
  const { document } = place;
  const node = resolved(document, place.node);
  if (node === undefined || (isScalar(node) && node.value === null)) return [];
  const refuse = (message: string, at: YamlPlace): readonly YamlPlace[] => {
    report({ code: "KS1202", severity: "error", message, at: spanOf(at, "value") });
    return [];
  };
  if (!isSeq<ParsedNode>(node)) return refuse(`"${name}" must be a list`, place);
  return node.items.flatMap((item): readonly YamlPlace[] => {
    const target = resolved(document, item);
    return isMap(target)
      ? [{ document, node: target }]
      : refuse(`each item of "${name}" must be a mapping`, { document, node: item });
  });
}
