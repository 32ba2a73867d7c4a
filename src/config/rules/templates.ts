import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isHidden, type EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";
import { templateIn } from "./template-in.ts";

const fields = ["url", "hostname", "grpcUrl", "oauthTokenUrl"];

/**
 * `https://{{ domain }}` and the like, which nothing fills in. For some such hosts, Uptime Kuma connects to its own
 * machine, so the monitor can even be up (docs/upstream/uptime-kuma.md#host-names-and-urls).
 */
export const templates: EntityRule = {
  name: "templates",
  kind: "monitor",
  checkEach: (entity) => fields.flatMap((field) => checkField(entity, field)),
};

function checkField(entity: DeclaredEntity, field: string): readonly EntityFinding[] {
  const value = entity.written[field];
  const found = typeof value === "string" ? templateIn(value) : undefined;
  if (found === undefined) return [];
  const { start, end, name, isInHost } = found;
  const pointer = pointerTo(field);
  const word = /^\.?[\w.]*?(\w+)$/u.exec(name)?.[1];
  const isShown = word !== undefined && !isHidden(entity, pointer);
  return [
    {
      code: "KS1425",
      severity: isInHost ? "error" : "warning",
      message: "this is left from a template: kuma-sync does not fill it in",
      hint: isShown ? `write \${var:${word}} and vars: { ${word}: … }, or \${env:…}` : "write ${var:…} or ${env:…}",
      pointer,
      range: [start, end],
    },
  ];
}
