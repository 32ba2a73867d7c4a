import { isMap, type ParsedNode } from "yaml";
import type { Finding } from "../../model/finding.ts";
import { mergedPairs } from "../source/merge-keys.ts";
import { keyText, resolved, spanOf, type YamlPlace } from "../source/positions.ts";

/** Findings for those of `names` that a block has twice: keys that are looked up, and not read with the block. */
export function repeatedKeys({ document, node }: YamlPlace, names: readonly string[]): readonly Finding[] {
  const block = resolved(document, node);
  if (!isMap<ParsedNode, ParsedNode | null>(block)) return [];
  const { pairs } = mergedPairs(document, block);
  return names.flatMap((name) => {
    const [first, ...others] = pairs.filter(({ key }) => keyText(key) === name);
    if (first === undefined) return [];
    const related = { message: "first here", at: spanOf({ document, key: first.key }, "key") };
    return others.map(({ key }): Finding => ({
      code: "KS1005",
      severity: "error",
      message: `key "${name}" is written twice`,
      at: spanOf({ document, key }, "key"),
      related,
    }));
  });
}
