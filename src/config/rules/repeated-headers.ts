import { isJsonObject, pointerTo } from "../../model/json.ts";
import type { EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/**
 * Header names that differ only in case. A request contains only one of them
 * (docs/upstream/uptime-kuma.md#how-an-http-check-is-made).
 */
export const repeatedHeaders: EntityRule = {
  name: "repeated-headers",
  kind: "monitor",
  checkEach({ written, canonical }) {
    const { headers } = canonical;
    if (!isJsonObject(headers)) return [];
    const isMapping = isJsonObject(written["headers"] ?? null);
    const known = new Map<string, string>();
    return Object.keys(headers).flatMap((name): readonly EntityFinding[] => {
      const first = known.get(name.toLowerCase());
      if (first === undefined) known.set(name.toLowerCase(), name);
      if (first === undefined || first === name) return [];
      return [
        {
          code: "KS1422",
          severity: "warning",
          message: `"${first}" and "${name}" are one header: only one of the two values is sent`,
          hint: "keep one of them",
          ...(isMapping ? { pointer: pointerTo("headers", name), isAboutKey: true } : { pointer: "/headers" }),
        },
      ];
    });
  },
};
