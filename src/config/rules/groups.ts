import { localKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, isWithheld } from "../entity-finding.ts";
import type { ConfigRule, RuleInput } from "./rule.ts";

/** Settings of a group that do not affect its monitors as they seem to (docs/upstream/uptime-kuma.md#groups). */
export const groups: ConfigRule = {
  name: "groups",
  checkAll(input) {
    const declared = input.entities.filter(({ kind, variant }) => kind === "monitor" && variant.type === "group");
    return declared.flatMap((group) => [upsideDown(group) ?? [], paused(group, input) ?? []].flat());
  },
};

function upsideDown(group: DeclaredEntity): Finding | undefined {
  if (group.canonical["upsideDown"] !== true || isWithheld(group, "/upsideDown")) return undefined;
  return findingFor(group, {
    code: "KS1625",
    severity: "warning",
    message: `group "${localKey(group.key)}" is up while one of its monitors is down, and down when all are up`,
    hint: "leave out upsideDown, or write it at the monitors that are meant",
    pointer: "/upsideDown",
  });
}

function paused(group: DeclaredEntity, input: RuleInput): Finding | undefined {
  if (group.canonical["active"] !== false || isWithheld(group, "/active")) return undefined;
  const running = input.entities.filter(
    (entity) =>
      entity.kind === "monitor" &&
      entity.canonical["active"] !== false &&
      !isWithheld(entity, "/active") &&
      input.groupsAbove(entity)[0] === group,
  );
  if (running.length === 0) return undefined;
  const names = namesOf(running);
  return findingFor(group, {
    code: "KS1626",
    severity: "warning",
    message: `a paused group stops only its own check: ${names} ${running.length === 1 ? "goes" : "go"} on`,
    hint: "write active: false at each of them, or plan a maintenance for them",
    why: "below a paused group the web page shows them as paused, and an edit takes effect only when they are resumed",
    pointer: "/active",
  });
}

const mostNames = 3;

function namesOf(entities: readonly DeclaredEntity[]): string {
  const names = entities.slice(0, mostNames).map(({ key }) => `"${localKey(key)}"`);
  const others = entities.length - names.length;
  const last = others > 0 ? `${others} more` : names.pop();
  return names.length === 0 ? (last ?? "") : `${names.join(", ")} and ${last}`;
}
