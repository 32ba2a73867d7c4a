import type { EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/** The analytics of a status page need both their type and their id. */
export const statusPages: EntityRule = {
  name: "status-pages",
  kind: "status-page",
  checkEach({ written }) {
    const { analyticsType = null, analyticsId, analyticsScriptUrl } = written;
    if (analyticsType === null) {
      if (analyticsId !== undefined) return [needs("analyticsId", "analyticsType")];
      return analyticsScriptUrl === undefined ? [] : [needs("analyticsScriptUrl", "analyticsType")];
    }
    return analyticsId === undefined ? [needs("analyticsType", "analyticsId")] : [];
  },
};

function needs(field: string, other: string): EntityFinding {
  const message = `"${field}" needs "${other}"`;
  return { code: "KS1407", severity: "error", message, pointer: `/${field}`, isAboutKey: true };
}
