/**
 * Finds constructs that may never end, constructs that depend on the time, and `[*]`
 * (docs/upstream/jsonata.md#the-wildcard-in-brackets, docs/upstream/jsonata.md#clock-and-chance,
 * docs/upstream/jsonata.md#expensive-queries).
 */
import { inQuery, type LintFinding, type TreeContext } from "./lint-context.ts";
import { calledName, filtersOf, leftOf, visitsOf, walk, type QueryNode, type Visit } from "./query-tree.ts";

const largestRange = 1_000_000;
const widestPad = 100_000;
const holdsUp = "a server evaluates without any limit, and does nothing else meanwhile: all monitors would stop";

export function checkDangers(context: TreeContext): readonly LintFinding[] {
  const findings: LintFinding[] = [...checkRecursion(context)];
  walk(context.tree, (node) => {
    const name = calledName(node);
    if (node.type === "binary" && node.value === "..") findings.push(...checkRange(node, context));
    if (node.type === "regex") findings.push(...checkRegex(node, context));
    if (name === "pad" || name === "formatNumber") findings.push(...checkCall(node, name, context));
    if (name === "eval") {
      findings.push(
        inQuery("unbounded-query", "warning", procedureSpan(node, context), {
          message: "$eval hides what is evaluated",
          why: holdsUp,
        }),
      );
    }
    if (name !== undefined && ["now", "millis", "random", "shuffle"].includes(name)) {
      const what = name === "now" || name === "millis" ? "the clock" : "chance";
      findings.push(
        inQuery("clock-or-chance", "info", procedureSpan(node, context), { message: `the verdict depends on ${what}` }),
      );
    }
    for (const { expr } of filtersOf(node)) {
      if (expr?.type === "wildcard") findings.push(wildcardPredicate(expr, context));
    }
  });
  return findings;
}

function procedureSpan(node: QueryNode, context: TreeContext): { readonly start: number; readonly end: number } {
  return context.spanOf(node.procedure ?? node);
}

function wildcardPredicate(expr: QueryNode, context: TreeContext): LintFinding {
  return inQuery("wildcard-in-brackets", "info", context.spanOf(expr), {
    message: "[*] does not mean all items; it keeps those that have a true field",
    hint: "leave it out: a list stands for all its items",
    why: "items that are text, or hold only numbers, or nothing true, are dropped; an error object counts as an item",
  });
}

/** `$f := function(…){… $f …}` */
function checkRecursion(context: TreeContext): readonly LintFinding[] {
  const visits = visitsOf(context.tree).topDown;
  const uses = new Map<unknown, number[]>();
  const places = new Map<QueryNode, number>();
  for (const [at, { node }] of visits.entries()) {
    places.set(node, at);
    if (node.type !== "variable") continue;
    const known = uses.get(node.value) ?? [];
    known.push(at);
    uses.set(node.value, known);
  }
  const findings: LintFinding[] = [];
  for (const { node } of visits) {
    if (node.type !== "bind" || node.rhs?.type !== "lambda") continue;
    const name = leftOf(node)?.value;
    const from = places.get(node.rhs) as number;
    const used = firstFrom(uses.get(name) ?? [], from);
    if (used === undefined || used >= (visits[from] as Visit).end) continue;
    const span = context.spanOf((visits[used] as Visit).node);
    findings.push(
      inQuery("unbounded-query", "warning", span, { message: `$${String(name)} calls itself`, why: holdsUp }),
    );
  }
  return findings;
}

/** The first of the sorted numbers that is at least `least`. */
function firstFrom(sorted: readonly number[], least: number): number | undefined {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as number) < least) from = middle + 1;
    else to = middle;
  }
  return sorted[from];
}

function checkRange(node: QueryNode, context: TreeContext): readonly LintFinding[] {
  const [from, to] = [numberOf(leftOf(node)), numberOf(node.rhs)];
  if (to === undefined || to - (from ?? 0) < largestRange) return [];
  const message = `a range of ${to - (from ?? 0) + 1} numbers is built in memory`;
  return [inQuery("unbounded-query", "warning", context.spanOf(node), { message, why: holdsUp })];
}

/** A repeated group that ends in a repetition can try 2^n ways on a text of length n. */
function checkRegex(node: QueryNode, context: TreeContext): readonly LintFinding[] {
  const source = node.value instanceof RegExp ? node.value.source : "";
  if (!/\((?:\?[:=!])?(?:[^()\\]|\\.)*[+*](?:[^()\\]|\\.)?\)(?:[+*]|\{\d+,\d*\})/.test(source)) return [];
  return [
    inQuery("unbounded-query", "warning", context.spanOf(node), {
      message: "a repetition inside a repeated group may practically never end on a text that almost fits",
      why: holdsUp,
    }),
  ];
}

function checkCall(node: QueryNode, name: "pad" | "formatNumber", context: TreeContext): readonly LintFinding[] {
  const [, second] = node.arguments ?? [];
  const span = procedureSpan(node, context);
  if (name === "pad") {
    const width = Math.abs(numberOf(second) ?? 0);
    if (width <= widestPad) return [];
    return [
      inQuery("unbounded-query", "error", span, {
        message: `$pad to ${width} characters`,
        why: "the server can run out of memory and stop",
      }),
    ];
  }
  const server = context.servers.find(({ engine }) => engine === "2.0.6" || engine === "2.1.0");
  if (server === undefined || second?.type !== "string" || !/\de\d/.test(String(second.value))) return [];
  return [
    inQuery("unbounded-query", "error", span, {
      message: `$formatNumber with an exponent never ends for 0 or a negative number on Uptime Kuma ${server.version}`,
      why: holdsUp,
    }),
  ];
}

function numberOf(node: QueryNode | undefined): number | undefined {
  const value = node?.type === "unary" && node.value === "-" ? node.expression?.value : node?.value;
  return typeof value === "number" ? value : undefined;
}
