import { localKey, type EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";

/**
 * Keeps each finding once: a mistake in a template, in `defaults` or at an anchor is found for every entity that uses it.
 * The remaining finding names these entities.
 */
export function distinctFindings(findings: readonly Finding[]): Finding[] {
  const all = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { at, code } = finding;
    const place =
      at === undefined ? finding.message : `${at.file}:${at.line}:${at.column}:${at.endLine}:${at.endColumn}`;
    const id = `${code} ${place}${code === "KS1203" ? finding.message : ""}`;
    const same = all.get(id);
    if (same === undefined) all.set(id, [finding]);
    else same.push(finding);
  }
  return [...all.values()].flatMap(([first, ...others]) => (first === undefined ? [] : withUsers(first, others)));
}

/** The message of a finding's related place: which entities use the place of the finding. */
export function usedBy(users: readonly EntityKey[]): string {
  const names = users.slice(0, mostNames).map((key) => `"${localKey(key)}"`);
  const rest = users.length - names.length;
  const last = rest > 0 ? `${rest} more` : names.pop();
  return `used by ${names.length === 0 ? (last ?? "") : `${names.join(", ")} and ${last}`}`;
}

const mostNames = 3;

function withUsers(first: Finding, others: readonly Finding[]): Finding {
  const using = [first, ...others].filter(isUsage);
  const [user] = using;
  const users = [...new Set(using.flatMap(({ entity }) => entity ?? []))];
  if (user?.related === undefined || (first.related !== undefined && first !== user)) return first;
  const isAlso = first.entity !== undefined && first !== user;
  const message = isAlso ? `also ${usedBy(users)}` : usedBy(users);
  const { entity, ...about } = first;
  // A finding about several entities has no single one.
  const only = isAlso || users.length === 1 ? entity : undefined;
  return { ...about, ...(only === undefined ? {} : { entity: only }), related: { ...user.related, message } };
}

function isUsage({ entity, related }: Finding): boolean {
  return entity !== undefined && related?.message === usedBy([entity]);
}
