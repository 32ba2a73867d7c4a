import type { LintContext, Span, TreeContext } from "./lint-context.ts";
import { walk, type QueryNode } from "./query-tree.ts";
import type { Token } from "./tokens.ts";

/** Adds the tree to a context, and with the tokens the places of its nodes. */
export function withTree(context: LintContext, tree: QueryNode): TreeContext {
  const byEnd = new Map(context.tokens.map((token) => [token.end, token]));
  const whole: Span = { start: 0, end: context.text.length };

  function ownSpan(node: Pick<QueryNode, "position">): Span | undefined {
    const token = node.position === undefined ? undefined : byEnd.get(node.position);
    return token && { start: token.start, end: token.end };
  }

  function extentOf(node: QueryNode): Span {
    let extent: Span | undefined;
    walk(node, (inner) => {
      const span = ownSpan(inner);
      if (span === undefined) return;
      extent = {
        start: Math.min(extent?.start ?? span.start, span.start),
        end: Math.max(extent?.end ?? span.end, span.end),
      };
    });
    return extent === undefined ? whole : { start: extent.start, end: closingEnd(context.tokens, extent) };
  }

  return { ...context, tree, spanOf: (node) => ownSpan(node) ?? extentOf(node), extentOf };
}

/** Brackets that open inside a span close behind it, where the tree has no node. */
function closingEnd(tokens: readonly Token[], { start, end }: Span): number {
  let depth = 0;
  for (const token of tokens) {
    if (token.start < start || token.kind !== "operator") continue;
    if (token.start >= end && depth === 0) break;
    if ("([{".includes(token.text)) depth++;
    if (")]}".includes(token.text)) depth--;
    if (token.start >= end && depth === 0) return token.end;
  }
  return end;
}
