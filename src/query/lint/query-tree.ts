/**
 * jsonata's syntax tree as far as it is looked at (jsonata.md 4.1). The shape is the same in all shipped releases; its
 * own type declarations leave most of it out.
 */

export interface QueryNode {
  readonly type: string;
  readonly value?: unknown;
  /** The offset just behind the node's own token; generated nodes have none. */
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
  /** A lambda that jsonata put around a tail call. */
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

/** Calls `visit` for each node once, parents first; `parents` begins with the nearest. */
export function walk(root: QueryNode, visit: (node: QueryNode, parents: readonly QueryNode[]) => void): void {
  const visits = known.get(root) ?? visitsOf(root);
  known.set(root, visits);
  for (const { node, parents } of visits) visit(node, parents);
}

interface Visit {
  readonly node: QueryNode;
  readonly parents: readonly QueryNode[];
}

/** Every rule walks the same tree. */
const known = new WeakMap<QueryNode, readonly Visit[]>();

function visitsOf(root: QueryNode): readonly Visit[] {
  const visits: Visit[] = [];
  // `a ?? b` holds the tree of `a` twice.
  const seen = new Set<unknown>();
  const enter = (value: unknown, parents: readonly QueryNode[]): void => {
    if (typeof value !== "object" || value === null || value instanceof RegExp || seen.has(value)) return;
    seen.add(value);
    let within = parents;
    if (isNode(value)) {
      visits.push({ node: value, parents });
      within = [value, ...parents];
    }
    for (const child of Object.values(value)) enter(child, within);
  };
  enter(root, []);
  return visits;
}

function isNode(value: object): value is QueryNode {
  return "type" in value && typeof value.type === "string";
}

/** The filters of a step or value: `[…]`, in order. */
export function filtersOf(node: QueryNode): readonly Stage[] {
  return [...(node.stages ?? []), ...(node.predicate ?? [])].filter((stage) => stage.type === "filter");
}

/** The name behind the `$` of a called variable: `count` for `$count(x)`. */
export function calledName(node: QueryNode): string | undefined {
  const { procedure } = node;
  if (node.type !== "function" && node.type !== "partial") return undefined;
  return procedure?.type === "variable" && typeof procedure.value === "string" ? procedure.value : undefined;
}

/** The pairs of an object constructor or a group; none for other nodes. */
export function pairsOf(node: QueryNode): readonly (readonly QueryNode[])[] {
  return Array.isArray(node.lhs) ? (node.lhs as readonly (readonly QueryNode[])[]) : [];
}

/** The left side of a binary node. */
export function leftOf(node: QueryNode): QueryNode | undefined {
  return Array.isArray(node.lhs) ? undefined : (node.lhs as QueryNode | undefined);
}
