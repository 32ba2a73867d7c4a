import { loadEngine, parserOf, type EngineVersion } from "../engines.ts";
import { serverRules } from "../server-rules.ts";
import { findSuspectCharacters } from "./characters.ts";
import { checkComparison } from "./comparison.ts";
import type { LintContext, LintFinding, LintInput } from "./lint-context.ts";
import { lintTree } from "./lint-tree.ts";
import type { QueryNode } from "./query-tree.ts";
import { parse, syntaxFinding, type ParseError } from "./syntax.ts";
import { tokenize } from "./tokens.ts";

/** All findings about a JSON query that need no evaluation, in the order of the text. */
export async function lintQuery(input: LintInput): Promise<readonly LintFinding[]> {
  const text = input.text ?? "";
  const { askedBy = "json-query" } = input;
  const servers = input.servers.map((server) => {
    const rules = serverRules(server);
    // Other monitors compare as 1.23 does, on every release: as text, including the text of lists.
    return askedBy === "json-query" ? rules : { ...rules, hasOperators: false, namesArrays: false };
  });
  const context: LintContext = { ...input, text, servers, tokens: tokenize(text) };
  const findings = [...checkComparison(context), ...findSuspectCharacters(context)];
  // An empty query means the whole body on 2.x, and does not parse on 1.23.
  const needsQuery = servers.find(({ hasOperators }) => !hasOperators);
  if (text === "" && needsQuery === undefined) return findings;

  const { tree, syntax } = await parseForAll(context);
  if (syntax !== undefined) findings.push(syntax);
  if (tree !== undefined) findings.push(...lintTree(context, tree));
  return withoutExplained(findings).toSorted(byPlace);
}

/** Drops findings about unknown fields whose name contains an invisible character. */
function withoutExplained(findings: readonly LintFinding[]): readonly LintFinding[] {
  const suspects = new Set(findings.filter(({ rule }) => rule === "odd-character").map(({ start }) => start));
  if (suspects.size === 0) return findings;
  return findings.filter(({ rule, start, end }) => {
    if (rule !== "unknown-field") return true;
    for (let at = start; at < end; at++) if (suspects.has(at)) return false;
    return true;
  });
}

/** Findings about the query first, by position, then those about the settings. */
function byPlace(left: LintFinding, right: LintFinding): number {
  const [isLeft, isRight] = [left.field === "query", right.field === "query"];
  if (isLeft !== isRight) return isLeft ? -1 : 1;
  return isLeft ? left.start - right.start || left.end - right.end : 0;
}

/** The tree of the newest engine, and the error of the first engine that refuses the text. */
async function parseForAll(
  context: LintContext,
): Promise<{ readonly tree?: QueryNode; readonly syntax?: LintFinding }> {
  const engines = [...new Set(context.servers.map(({ engine }) => parserOf(engine)))].toSorted();
  const refusing: EngineVersion[] = [];
  let tree: QueryNode | undefined;
  let firstError: ParseError | undefined;
  for (const engine of engines) {
    const parsed = parse(context.text, await loadEngine(engine));
    if ("tree" in parsed) tree = parsed.tree;
    else {
      refusing.push(engine);
      firstError ??= parsed.error;
    }
  }
  return {
    ...(tree !== undefined && { tree }),
    ...(firstError !== undefined && {
      syntax: syntaxFinding(context, firstError, refusing),
    }),
  };
}
