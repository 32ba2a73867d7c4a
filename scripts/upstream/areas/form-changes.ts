import type { Area, Item } from "../area.ts";
import { UnreadableError } from "../checkout.ts";
import {
  lineOf,
  memberPath,
  nodesBelow,
  propertiesOf,
  sourceOf,
  isNode,
  type Parsed,
  type SyntaxNode,
} from "../syntax.ts";
import { formOf } from "./form-defaults.ts";

/** What the form changes when another type is chosen: a port, a timeout, a template. */
export const formChanges: Area = {
  id: "form-changes",
  title: "What the form sets when a type is chosen",
  hasKnown: true,
  todo: "see whether it is the default of a type in src/kinds/monitor-types/",
  read: (checkout) => {
    const file = formOf(checkout);
    const watcher = [...nodesBelow(file.program)]
      .flatMap((node) => propertiesOf(node))
      .find(({ name, value }) => name === "monitor.type" && isFunction(value));
    if (watcher === undefined) throw new UnreadableError(`${file.path} watches no "monitor.type"`);
    const items = [...assignments(file, watcher.value, [])];
    return [...new Map(items.map((item) => [item.name, item])).values()];
  },
};

function isFunction(node: unknown): boolean {
  return isNode(node) && node.type === "FunctionExpression";
}

/** A test of the type around an assignment; `isMet` is false in its `else`. */
interface Condition {
  readonly test: string;
  readonly isMet: boolean;
}

/** The assignments to keys of the monitor, each with the types that it is for. */
function* assignments(file: Parsed, node: unknown, conditions: readonly Condition[]): Generator<Item> {
  if (Array.isArray(node)) {
    for (const part of node as readonly unknown[]) yield* assignments(file, part, conditions);
    return;
  }
  if (!isNode(node)) return;
  if (node.type === "IfStatement") {
    const test = sourceOf(file, node["test"] as SyntaxNode);
    const isOfType = /type/iu.test(test);
    const within = (isMet: boolean): readonly Condition[] => (isOfType ? [...conditions, { test, isMet }] : conditions);
    yield* assignments(file, node["consequent"], within(true));
    yield* assignments(file, node["alternate"], within(false));
    return;
  }
  if (node.type === "AssignmentExpression") {
    const path = memberPath(node["left"]);
    if (path?.[0] === "this" && path[1] === "monitor" && path.length > 2) {
      const value = sourceOf(file, node["right"] as SyntaxNode);
      yield {
        name: `${path.slice(2).join(".")} = ${value}${whenOf(conditions)}`,
        place: `${file.path}:${lineOf(file, node)}`,
      };
    }
  }
  for (const part of Object.values(node)) yield* assignments(file, part, conditions);
}

/** Without the tests of a chain of `else if` that did not hold, which change with every new type. */
function whenOf(conditions: readonly Condition[]): string {
  const met = conditions.filter(({ isMet }) => isMet).map(({ test }) => test);
  if (met.length > 0) return `, when ${met.join(" and ")}`;
  return conditions.length > 0 ? ", otherwise" : "";
}
