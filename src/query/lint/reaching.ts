/** Finds names that lead from JSONata to JavaScript's own objects, and before jsonata 2.2.0 to running any code. */
import { builtinFunctions } from "./builtin-functions.ts";
import { firstSafeRelease, isVulnerable } from "../vulnerable-engine.ts";
import type { ServerRules } from "../server-rules.ts";
import { inQuery, type LintFinding, type TreeContext } from "./lint-context.ts";
import { calledName, leftOf, pairsOf, visitsOf, type QueryNode, type Visit } from "./query-tree.ts";

/** These are also everyday words, so they only count where a text names a member. */
const memberWords: ReadonlySet<string> = new Set(["constructor", "prototype"]);
/** These names have no other meaning. */
const innerNames: ReadonlySet<string> = new Set([
  "__proto__",
  "__lookupGetter__",
  "__lookupSetter__",
  "__defineGetter__",
  "__defineSetter__",
  "_jsonata_lambda",
  "_jsonata_function",
]);
const longestName = 17;

export function isReachingName(name: string): boolean {
  return memberWords.has(name) || innerNames.has(name);
}

export function checkReaching(context: TreeContext): readonly LintFinding[] {
  const texts = constantTexts(context.tree);
  const named = namedMembers(context.tree);
  const findings: LintFinding[] = [];
  for (const { node } of visitsOf(context.tree).topDown) {
    const name = reachedName(node, texts, named);
    if (name !== undefined) findings.push(reaching(name, node, context));
  }
  return findings;
}

function reachedName(
  node: QueryNode,
  texts: ReadonlyMap<QueryNode, string>,
  named: ReadonlySet<QueryNode>,
): string | undefined {
  const value = String(node.value);
  if (node.type === "name" || node.type === "variable") return isReachingName(value) ? value : undefined;
  if (calledName(node) === "eval") return evaluatedName(node);
  const text = texts.get(node);
  if (text === undefined) return undefined;
  return innerNames.has(text) || (memberWords.has(text) && named.has(node)) ? text : undefined;
}

/** The first of these names in a text that `$eval` runs. */
function evaluatedName({ arguments: given = [] }: QueryNode): string | undefined {
  const [text] = given;
  if (text?.type !== "string") return undefined;
  return String(text.value)
    .match(/[A-Za-z_]+/gu)
    ?.find((word) => isReachingName(word));
}

/** The values of texts, and of texts joined with `&`. Texts longer than any of the names are left out. */
function constantTexts(tree: QueryNode): ReadonlyMap<QueryNode, string> {
  const texts = new Map<QueryNode, string>();
  for (const { node } of visitsOf(tree).bottomUp) {
    const text = node.type === "string" ? String(node.value) : joined(node, texts);
    if (text !== undefined && text.length <= longestName) texts.set(node, text);
  }
  return texts;
}

function joined(node: QueryNode, texts: ReadonlyMap<QueryNode, string>): string | undefined {
  if (node.type !== "binary" || node.value !== "&") return undefined;
  const [left, right] = [leftOf(node), node.rhs].map((side) => side && texts.get(side));
  return left === undefined || right === undefined ? undefined : left + right;
}

/**
 * The nodes that may name a member: keys, values that are bound to variables, and arguments of `$lookup` or of the
 * query's own functions.
 */
function namedMembers(tree: QueryNode): ReadonlySet<QueryNode> {
  return new Set(visitsOf(tree).topDown.flatMap((visit) => membersNamedBy(visit)));
}

function membersNamedBy({ node }: Visit): readonly QueryNode[] {
  const keys = [...pairsOf(node), ...(node.group?.lhs ?? [])].flatMap(([key]) => key ?? []);
  if (node.type === "bind") return node.rhs === undefined ? keys : [...keys, node.rhs];
  if (node.type !== "function" && node.type !== "partial") return keys;
  const name = calledName(node);
  const isHandedOn = name === "lookup" || name === undefined || !builtinFunctions.has(name);
  return isHandedOn ? [...keys, ...(node.arguments ?? [])] : keys;
}

function reaching(name: string, node: QueryNode, context: TreeContext): LintFinding {
  const server = context.servers.find((rules) => isVulnerable(rules));
  return inQuery("reaches-into-javascript", server === undefined ? "warning" : "error", context.extentOf(node), {
    message: `the query uses "${name}", which leads from JSONata to JavaScript`,
    hint: "name a field of the response",
    why: whyOf(name, server),
  });
}

function whyOf(name: string, server: ServerRules | undefined): string {
  if (server !== undefined) {
    return `Uptime Kuma ${server.version} evaluates with jsonata ${server.lockedEngine}, where such a query can run code on the server (CVE-2026-77415)`;
  }
  return name.startsWith("_jsonata_")
    ? `an object with such a name is an error from Uptime Kuma ${firstSafeRelease} on, and before it can run code on the server (CVE-2026-77415)`
    : `on Uptime Kuma before ${firstSafeRelease} such a query can run code on the server (CVE-2026-77415)`;
}
