/**
 * jsonata's syntax tree, as far as it is used (docs/upstream/jsonata.md#syntax-tree). The shape is the same in all
 * shipped releases; jsonata's own type declarations lack most of it.
 */

export interface QueryNode {
  readonly type: string;
  readonly value?: unknown;
  /** The offset after the node's own token; generated nodes have none. */
  readonly position?: number;
  readonly steps?: readonly QueryNode[];
  readonly stages?: readonly Stage[];
  readonly predicate?: readonly Stage[];
  readonly lhs?: QueryNode | readonly (readonly QueryNode[])[];
  readonly rhs?: QueryNode;
  readonly expression?: QueryNode;
  readonly expressions?: readonly QueryNode[];
  readonly procedure?: QueryNode;
  readonly arguments?: readonly QueryNode[];
  readonly condition?: QueryNode;
  readonly then?: QueryNode;
  readonly else?: QueryNode;
  readonly body?: QueryNode;
  /** A lambda that jsonata generated for a tail call. */
  readonly thunk?: boolean;
  readonly consarray?: boolean;
  readonly terms?: readonly { readonly expression: QueryNode }[];
  readonly group?: { readonly lhs: readonly (readonly QueryNode[])[] };
  /** The variable of `@$v`. */
  readonly focus?: string;
  /** The variable of `#$i`. */
  readonly index?: string;
}

export interface Stage {
  readonly type: string;
  readonly expr?: QueryNode;
  readonly position?: number;
}

/** One node, in the order of `walk`. */
export interface Visit {
  readonly node: QueryNode;
  /** The nearest node around this one. */
  readonly parent: QueryNode | undefined;
  /** The nearest nodes inside, even if they were visited elsewhere: `a ?? b` contains parts of `a` twice. */
  readonly children: readonly QueryNode[];
  /** The index after the last node that was first visited below this one. */
  readonly end: number;
}

interface Visits {
  readonly topDown: readonly Visit[];
  /** Each node after all nodes inside it. */
  readonly bottomUp: readonly Visit[];
}

/** Calls `visit` once for each node, parents first. */
export function walk(root: QueryNode, visit: (node: QueryNode, parent: QueryNode | undefined) => void): void {
  for (const { node, parent } of visitsOf(root).topDown) visit(node, parent);
}

/** Caches the list, because every rule walks through the same tree. */
const known = new WeakMap<QueryNode, Visits>();

/** All nodes of a tree. */
export function visitsOf(root: QueryNode): Visits {
  const visits = known.get(root) ?? listVisits(root);
  known.set(root, visits);
  return visits;
}

interface OpenVisit {
  readonly node: QueryNode;
  readonly parent: QueryNode | undefined;
  readonly children: QueryNode[];
  end: number;
}

/** Remaining work: enter a value, or record that everything below a visit has been listed. */
type Task = { readonly value: object; readonly within: OpenVisit | undefined } | { readonly closes: OpenVisit };

/** Without recursion, because a chain of thousands of `and` is as deep as it is long. */
function listVisits(root: QueryNode): Visits {
  const topDown: OpenVisit[] = [];
  const bottomUp: OpenVisit[] = [];
  const seen = new Set<QueryNode>();
  const tasks: Task[] = [{ value: root, within: undefined }];
  for (let task = tasks.pop(); task !== undefined; task = tasks.pop()) {
    if ("closes" in task) {
      task.closes.end = topDown.length;
      bottomUp.push(task.closes);
      continue;
    }
    const { value } = task;
    let { within } = task;
    if (isNode(value)) {
      within?.children.push(value);
      if (seen.has(value)) continue;
      seen.add(value);
      within = { node: value, parent: within?.node, children: [], end: 0 };
      topDown.push(within);
      tasks.push({ closes: within });
    }
    for (const child of Object.values(value).toReversed() as readonly unknown[]) {
      if (typeof child !== "object" || child === null || child instanceof RegExp) continue;
      tasks.push({ value: child, within });
    }
  }
  return { topDown, bottomUp };
}

function isNode(value: object): value is QueryNode {
  return "type" in value && typeof value.type === "string";
}

/** The filters of a step or value: `[…]`, in order. */
export function filtersOf(node: QueryNode): readonly Stage[] {
  return [...(node.stages ?? []), ...(node.predicate ?? [])].filter((stage) => stage.type === "filter");
}

/** The name of a called variable without `$`: `count` for `$count(x)`. */
export function calledName(node: QueryNode): string | undefined {
  const { procedure } = node;
  if (node.type !== "function" && node.type !== "partial") return undefined;
  return procedure?.type === "variable" && typeof procedure.value === "string" ? procedure.value : undefined;
}

/** The pairs of an object constructor or a group; empty for other nodes. */
export function pairsOf(node: QueryNode): readonly (readonly QueryNode[])[] {
  return Array.isArray(node.lhs) ? (node.lhs as readonly (readonly QueryNode[])[]) : [];
}

/** The left side of a binary node. */
export function leftOf(node: QueryNode): QueryNode | undefined {
  return Array.isArray(node.lhs) ? undefined : (node.lhs as QueryNode | undefined);
}
