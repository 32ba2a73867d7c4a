import type { Finding } from "../../model/finding.ts";
import { pointerTo, type Json } from "../../model/json.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, placeIn, quoted } from "../entity-finding.ts";
import { spanOf } from "../positions.ts";
import type { Rule } from "./rule.ts";

/** What counts visitors is whole, and a domain leads to one page: the server gives it to the last that is saved. */
export const statusPages: Rule = {
  name: "status-pages",
  check({ entities }) {
    const pages = entities.filter(({ kind }) => kind === "status-page");
    return [...pages.flatMap(checkAnalytics), ...checkDomains(pages)];
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

function checkDomains(pages: readonly WrittenEntity[]): readonly Finding[] {
  const first = new Map<string, { readonly page: WrittenEntity; readonly pointer: string }>();
  return pages.flatMap((page) =>
    domainsOf(page).flatMap((domain, index): Finding[] => {
      const pointer = pointerTo("domainNames", index);
      const other = first.get(domain);
      if (other === undefined) first.set(domain, { page, pointer });
      if (other === undefined || other.page === page) return [];
      const finding = findingFor(page, {
        code: "KS1304",
        severity: "error",
        message: `two status pages have the domain ${quoted(page, pointer, domain)}`,
        hint: "a domain leads to one page",
        pointer,
      });
      const at = spanOf(placeIn(other.page, other.pointer), "value");
      return [{ ...finding, related: { message: "the other one", at } }];
    }),
  );
}

/** As the server compares them. */
function domainsOf({ written }: WrittenEntity): readonly string[] {
  const { domainNames } = written;
  if (!Array.isArray(domainNames)) return [];
  return (domainNames as readonly Json[]).map((name) => (typeof name === "string" ? name.trim().toLowerCase() : ""));
}
