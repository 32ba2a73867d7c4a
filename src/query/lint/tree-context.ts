import type { LintContext, Span, TreeContext } from "./lint-context.ts";
import { visitsOf, type QueryNode } from "./query-tree.ts";
import { rangeMaximum } from "./range-maximum.ts";
import type { Token } from "./tokens.ts";

/** Indexes in the list of tokens: from the first to the one after the last. */
type TokenRange = readonly [from: number, to: number];

/** Adds the tree to a context, with the positions of its nodes. Each position is found once, for all nodes. */
export function withTree(context: LintContext, tree: QueryNode): TreeContext {
  const { tokens, text } = context;
  const indexByEnd = new Map(tokens.map((token, index) => [token.end, index]));
  const whole: TokenRange = [0, tokens.length];
  let ranges: ReadonlyMap<QueryNode, TokenRange> | undefined;

  function ownIndex(node: Pick<QueryNode, "position">): number | undefined {
    return node.position === undefined ? undefined : indexByEnd.get(node.position);
  }

  function tokensOf(node: QueryNode): readonly [from: number, to: number] {
    ranges ??= findRanges(tree, tokens, ownIndex);
    return ranges.get(node) ?? whole;
  }

  function extentOf(node: QueryNode): Span {
    const range = tokensOf(node);
    if (range === whole) return { start: 0, end: text.length };
    return { start: (tokens[range[0]] as Token).start, end: (tokens[range[1] - 1] as Token).end };
  }

  function spanOf(node: QueryNode): Span {
    const index = ownIndex(node);
    if (index === undefined) return extentOf(node);
    const { start, end } = tokens[index] as Token;
    return { start, end };
  }

  return { ...context, tree, spanOf, extentOf, tokensOf };
}

/** The token range of each node that has tokens below it, from the bottom up. */
function findRanges(
  tree: QueryNode,
  tokens: readonly Token[],
  ownIndex: (node: QueryNode) => number | undefined,
): ReadonlyMap<QueryNode, TokenRange> {
  const ranges = new Map<QueryNode, TokenRange>();
  for (const { node, children } of visitsOf(tree).bottomUp) {
    const own = ownIndex(node);
    const within = children.flatMap((child) => ranges.get(child) ?? []);
    if (own !== undefined) within.push(own, own + 1);
    if (within.length > 0) ranges.set(node, [least(within), greatest(within)]);
  }
  // Brackets that open inside a range close after it, where the tree has no node.
  const furthest = rangeMaximum(closings(tokens));
  for (const [node, [from, to]] of ranges) ranges.set(node, [from, Math.max(to, furthest(from, to))]);
  return ranges;
}

/** Does not spread the list, because it can have more items than a call can have arguments. */
function least(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => Math.min(left, right));
}

function greatest(numbers: readonly number[]): number {
  return numbers.reduce((left, right) => Math.max(left, right));
}

/** For each opening bracket, the index after its closing one; 0 for all other tokens. */
function closings(tokens: readonly Token[]): readonly number[] {
  const found = tokens.map(() => 0);
  const open: number[] = [];
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== "operator") continue;
    if ("([{".includes(text)) open.push(index);
    const opening = ")]}".includes(text) ? open.pop() : undefined;
    if (opening !== undefined) found[opening] = index + 1;
  }
  return found;
}
