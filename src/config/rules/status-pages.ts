import type { Finding } from "../../model/finding.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor } from "../entity-finding.ts";
import type { Rule } from "./rule.ts";

/** What counts visitors is whole. */
export const statusPages: Rule = {
  name: "status-pages",
  check({ entities }) {
    return entities.filter(({ kind }) => kind === "status-page").flatMap(checkAnalytics);
  },
};

function checkAnalytics(entity: WrittenEntity): readonly Finding[] {
  const { analyticsType = null, analyticsId, analyticsScriptUrl } = entity.written;
  const need = (pointer: string, name: string): Finding =>
    findingFor(entity, {
      code: "KS1407",
      severity: "error",
      message: `"${pointer.slice(1)}" needs "${name}"`,
      pointer,
      isAboutKey: true,
    });
  if (analyticsType === null) {
    if (analyticsId !== undefined) return [need("/analyticsId", "analyticsType")];
    return analyticsScriptUrl === undefined ? [] : [need("/analyticsScriptUrl", "analyticsType")];
  }
  return analyticsId === undefined ? [need("/analyticsType", "analyticsId")] : [];
}
