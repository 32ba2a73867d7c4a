import { isMap } from "yaml";
import type { Kind } from "../../kinds/kind.ts";
import type { Finding } from "../../model/finding.ts";
import { resolved, spanOf, type YamlPlace } from "../source/positions.ts";
import { isEmptyPlace } from "./entries-of.ts";

/**
 * Without fields that stand beside the object they belong to: `type: http` in the column of `api:`, which is empty then.
 */
export function withoutStrays(
  entries: ReadonlyMap<string, YamlPlace>,
  kind: Kind,
  report: (finding: Finding) => void,
): ReadonlyMap<string, YamlPlace> {
  const kept = new Map(entries);
  const fields = new Set(["type", ...kind.variants.flatMap((variant) => Object.keys(variant.fields))]);
  let owner: string | undefined;
  let isReported = false;
  for (const [key, place] of entries) {
    const isStray = owner !== undefined && fields.has(key) && !isMap(resolved(place.document, place.node));
    if (!isStray) {
      owner = isEmptyPlace(place) ? key : undefined;
      isReported = false;
      continue;
    }
    kept.delete(owner ?? "");
    kept.delete(key);
    if (!isReported) report(strayField(key, place, owner ?? ""));
    isReported = true;
  }
  return kept;
}

function strayField(key: string, place: YamlPlace, owner: string): Finding {
  return {
    code: "KS1202",
    severity: "error",
    message: `"${key}" stands beside "${owner}" and not below it`,
    at: spanOf(place, "key"),
    hint: `indent it, and what belongs to "${owner}" too, by two more spaces`,
  };
}
