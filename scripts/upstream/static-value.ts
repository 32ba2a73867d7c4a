import type { Json } from "../../src/model/json.ts";
import { memberPath, nameOf, nodesBelow, propertiesOf, type Parsed, type SyntaxNode } from "./syntax.ts";

/** The value that is written out in the source; undefined if it would have to be computed. */
export function staticValue(file: Parsed, node: unknown): Json | undefined {
  const { type, value, elements, operator, argument, quasis } = (node ?? {}) as Partial<SyntaxNode>;
  if (type === "Literal") return isScalar(value) ? value : undefined;
  if (type === "TemplateLiteral") {
    const [only, ...others] = quasis as readonly { readonly value: { readonly cooked: string } }[];
    return others.length === 0 ? only?.value.cooked : undefined;
  }
  if (type === "UnaryExpression" && operator === "-") {
    const inner = staticValue(file, argument);
    return typeof inner === "number" ? -inner : undefined;
  }
  if (type === "ArrayExpression") return allOf((elements as readonly unknown[]).map((item) => staticValue(file, item)));
  if (type === "ObjectExpression") {
    const properties = propertiesOf(node);
    if (properties.length !== ((node as SyntaxNode)["properties"] as readonly unknown[]).length) return undefined;
    const values = allOf(properties.map((property) => staticValue(file, property.value)));
    return values && Object.fromEntries(properties.map(({ name }, index) => [name, values[index] ?? null]));
  }
  const path = memberPath(node);
  return path === undefined ? undefined : staticValue(file, constantAt(file, path));
}

/** What `a.b.c` is, where `a` is a constant object of the file. */
function constantAt(file: Parsed, [first, ...rest]: readonly string[]): unknown {
  const declared = [...nodesBelow(file.program)].find(
    (node) => node.type === "VariableDeclarator" && nameOf(node["id"]) === first,
  );
  return rest.reduce<unknown>(
    (object, name) => propertiesOf(object).find((property) => property.name === name)?.value,
    declared?.["init"],
  );
}

function allOf(values: readonly (Json | undefined)[]): readonly Json[] | undefined {
  return values.every((value) => value !== undefined) ? values : undefined;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
