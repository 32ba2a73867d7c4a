/** Finds JSONata queries that always pass, never pass, or do not mean what they seem to, without running them. */
import type { Finding } from "../../model/finding.ts";
import { isJsonObject } from "../../model/json.ts";
import { lintQuery } from "../../query/lint/lint-query.ts";
import type { LintFinding } from "../../query/lint/lint-context.ts";
import { lintedVersions } from "../../query/server-rules.ts";
import { askedQuery } from "../asked-query.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, isHidden, isWithheld } from "../entity-finding.ts";
import { fittingQueries } from "../values/fitting-values.ts";
import { queryCodes } from "./query-codes.ts";
import type { ConfigRule } from "./rule.ts";

const places = { query: "", operator: "/jsonPathOperator", expected: "/expectedValue", monitor: "" } as const;

export const queryLint: ConfigRule = {
  name: "query-lint",
  async checkAll({ entities }) {
    const lint = lintOnce();
    const findings: Finding[] = [];
    for (const entity of entities) {
      for (const { at, text } of queriesOf(entity)) {
        const found = await lintWritten(entity, { at, text }, lint);
        const told = isCompared(entity) ? found : found.filter(({ field }) => field === "query");
        findings.push(...told.map((finding) => toFinding(entity, at, finding)));
      }
    }
    return findings;
  },
};

type Lint = typeof lintQuery;

/** Caches results, because many monitors ask the same query of different addresses. */
function lintOnce(): Lint {
  const known = new Map<string, ReturnType<Lint>>();
  return (input) => {
    const id = JSON.stringify(input);
    const found = known.get(id) ?? lintQuery(input);
    known.set(id, found);
    return found;
  };
}

/** The values behind placeholders are unknown, so a query is reported only if it is wrong for every value. */
async function lintWritten(
  entity: DeclaredEntity,
  { at, text }: { readonly at: string; readonly text: string },
  lint: Lint,
): Promise<readonly LintFinding[]> {
  const isExpectedKnown = !isWithheld(entity, places.expected);
  const lintWith = async (query: string): Promise<readonly LintFinding[]> => {
    const found = await lint({ text: query, ...comparisonOf(entity), servers: lintedVersions });
    return isExpectedKnown ? found : found.filter(({ field }) => field !== "expected");
  };
  const found = await lintWith(text);
  if (!isWithheld(entity, at)) return found;
  let fewest = errorsOf(found);
  for (const other of fittingQueries(text)) {
    if (fewest.length === 0) break;
    const errors = errorsOf(await lintWith(other));
    if (errors.length < fewest.length) fewest = errors;
  }
  return fewest;
}

function errorsOf(findings: readonly LintFinding[]): readonly LintFinding[] {
  return findings.filter(({ severity }) => severity === "error");
}

/** The other two checks of MQTT leave the value to `conditions`, or do not use it. */
function isCompared({ variant, written }: DeclaredEntity): boolean {
  if (variant.type !== "mqtt") return true;
  const { mqttCheckType, conditions } = written;
  return mqttCheckType === "json-query" && !(Array.isArray(conditions) && conditions.length > 0);
}

/** Messages quote the query. If it holds a secret, the message only names the kind of finding. */
function toFinding(entity: DeclaredEntity, at: string, finding: LintFinding): Finding {
  const { rule, severity, field, message, hint, why, start, end, replacement } = finding;
  const pointer = field === "query" ? at : places[field];
  const isWritten = field === "query" || Object.hasOwn(entity.written, pointer.slice(1));
  const isSecret = isHidden(entity, at) || isHidden(entity, places.expected);
  return findingFor(entity, {
    code: queryCodes[rule],
    severity,
    message: isSecret ? "something is wrong with this query, which holds a secret" : message,
    pointer: isWritten ? pointer : "",
    ...(isWritten && field !== "monitor" ? { range: [start, end] as const } : {}),
    ...(isSecret || hint === undefined ? {} : { hint }),
    ...(isSecret || why === undefined ? {} : { why }),
    ...(isSecret || !isWritten || replacement === undefined
      ? {}
      : { repair: { type: "part", range: [start, end], text: replacement, title: titleOf(replacement) } as const }),
  });
}

function titleOf(replacement: string): string {
  if (replacement === "") return "remove it";
  return replacement === " " ? "write an ordinary blank" : `write ${replacement}`;
}

/** Queries are the same text in both forms, so the written one is used. */
function queriesOf({
  variant,
  written,
}: DeclaredEntity): ReturnType<NonNullable<DeclaredEntity["variant"]["queries"]>> {
  return variant.queries?.(written) ?? [];
}

function comparisonOf(
  entity: DeclaredEntity,
): Pick<Parameters<typeof lintQuery>[0], "operator" | "expected" | "isUpsideDown" | "askedBy" | "isCompared"> {
  const { written, variant } = entity;
  const asked = askedQuery(variant.type, written);
  const { jsonPathOperator: operator, expectedValue: expected, upsideDown, headers } = written;
  return {
    operator: typeof operator === "string" ? operator : "==",
    // If nothing is compared, the expected value shows nothing about the query.
    expected: typeof expected === "string" && asked.isCompared ? expected : null,
    isUpsideDown: upsideDown === true,
    ...asked,
    ...(isJsonObject(headers) ? { headers: headers as Readonly<Record<string, string>> } : {}),
  };
}
