import type { Finding } from "../../model/finding.ts";
import { pointerTo } from "../../model/json.ts";
import { readFullKey } from "../sections/full-key.ts";
import { leftOutAt } from "../expand/left-out.ts";
import { childPlace } from "../source/child-place.ts";
import { spanOf } from "../source/positions.ts";
import type { ConfigRule } from "./rule.ts";

/** A target's override must be for a declared entity, and must not change its type. */
export const overrides: ConfigRule = {
  name: "overrides",
  checkAll({ targets, registry, declared, leftOut, isComplete, nearKey }) {
    return targets.flatMap(({ name, overrides: written }) =>
      [...written].flatMap(([key, place]): readonly Finding[] => {
        const base = { severity: "error", pointer: pointerTo("targets", name, "overrides", key) } as const;
        const read = readFullKey(key, { registry, declared });
        if (!("key" in read)) return [{ ...read, ...base, at: spanOf(place, "key") }];
        // It may be there on the other target.
        if (leftOutAt(read.key, leftOut) !== undefined) return [];
        if (!declared.has(read.key)) {
          const message = `"${read.key}" is not declared`;
          const hint = nearKey(read.key);
          return isComplete ? [{ ...base, code: "KS1621", message, at: spanOf(place, "key"), ...hint }] : [];
        }
        const type = childPlace(place, "type");
        if (type === undefined) return [];
        const message = `the type of "${key}" cannot be overridden`;
        const hint = "declare two, each with its type";
        return [{ ...base, code: "KS1622", message, at: spanOf(type, "key"), hint }];
      }),
    );
  },
};
