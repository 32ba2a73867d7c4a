import { calledName, filtersOf, leftOf, pairsOf, type QueryNode } from "../lint/query-tree.ts";

/** What a document must contain so that a query finds something. */
export interface DocumentShape {
  readonly fields: Map<string, DocumentShape>;
  /** Whether the query filters or counts it, so that it must be a list. */
  isList: boolean;
}

function newShape(): DocumentShape {
  return { fields: new Map(), isList: false };
}

const overLists: ReadonlySet<string> = new Set(
  "count sum max min average map filter single sort reverse distinct join reduce append zip".split(" "),
);

/** The fields that a query reads, as a tree. */
export function documentShape(tree: QueryNode): DocumentShape {
  const root = newShape();
  read(tree, root, { root, variables: new Map() });
  return root;
}

interface Reading {
  readonly root: DocumentShape;
  readonly variables: Map<string, DocumentShape>;
}

/** Adds what `node` reads below `at`. Returns the place of the node's value, if it has one. */
function read(node: QueryNode | undefined, at: DocumentShape, reading: Reading): DocumentShape | undefined {
  if (node === undefined) return undefined;
  const place = readPlain(node, at, reading);
  for (const { expr } of filtersOf(node)) {
    if (place !== undefined) place.isList = true;
    read(expr, place ?? at, reading);
  }
  for (const expression of node.group?.lhs.flat() ?? []) read(expression, place ?? at, reading);
  return place;
}

function readPlain(node: QueryNode, at: DocumentShape, reading: Reading): DocumentShape | undefined {
  switch (node.type) {
    case "path": {
      let place: DocumentShape | undefined = at;
      for (const step of node.steps ?? []) place = place && read(step, place, reading);
      return place;
    }
    case "name": {
      const name = String(node.value);
      const field = at.fields.get(name) ?? newShape();
      at.fields.set(name, field);
      return field;
    }
    case "wildcard":
      // Any field works: without one, there would be nothing to find.
      if (at.fields.size === 0) at.fields.set("field", newShape());
      return [...at.fields.values()][0];
    case "variable":
      if (node.value === "") return at;
      return node.value === "$" ? reading.root : reading.variables.get(String(node.value));
    case "sort":
      for (const { expression } of node.terms ?? []) read(expression, at, reading);
      return at;
    case "bind": {
      const place = read(node.rhs, at, reading);
      if (place !== undefined) reading.variables.set(String(leftOf(node)?.value), place);
      return place;
    }
    case "function":
      return readCall(node, at, reading);
    case "block": {
      let last: DocumentShape | undefined;
      for (const expression of node.expressions ?? []) last = read(expression, at, reading);
      return last;
    }
    default: {
      const parts = [leftOf(node), node.rhs, node.expression, node.condition, node.then, node.else, node.body];
      for (const part of [...parts, ...(node.expressions ?? []), ...pairsOf(node).flat()]) read(part, at, reading);
      return undefined;
    }
  }
}

function readCall(node: QueryNode, at: DocumentShape, reading: Reading): DocumentShape | undefined {
  const name = calledName(node) ?? "";
  const [first, ...others] = node.arguments ?? [];
  const subject = read(first, at, reading);
  if (subject !== undefined && overLists.has(name)) subject.isList = true;
  for (const argument of others) {
    const [parameter] = argument.type === "lambda" ? (argument.arguments ?? []) : [];
    if (parameter !== undefined && subject !== undefined) reading.variables.set(String(parameter.value), subject);
    read(argument, at, reading);
  }
  return overLists.has(name) && name !== "count" ? subject : undefined;
}
