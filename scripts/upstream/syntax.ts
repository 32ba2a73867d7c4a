/** JavaScript, TypeScript and Vue files as trees, by the parsers of rolldown and of Vue. */
import { NodeTypes, parse as parseTemplate, type ElementNode } from "@vue/compiler-dom";
import { parseAst } from "rolldown/parseAst";
import { UnreadableError, type SourceFile } from "./checkout.ts";

/** A node of ESTree, as far as the readers look into it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A parsed file; places are relative to `text`. */
export interface Parsed extends SourceFile {
  readonly program: SyntaxNode;
}

/** Throws UnreadableError for text that does not parse. */
export function parse(file: SourceFile): Parsed {
  const lang = file.path.endsWith(".ts") ? "ts" : "js";
  for (const sourceType of ["module", "script"] as const) {
    try {
      return { ...file, program: parseAst(file.text, { lang, sourceType, preserveParens: false }) as never };
    } catch {
      // A CommonJS file may not parse as a module; both failing is said below.
    }
  }
  throw new UnreadableError(`${file.path} does not parse`);
}

export interface ParsedVue {
  readonly script: Parsed;
  readonly elements: readonly ElementNode[];
  /** All expressions of the template, parsed; places are not those of the file. */
  readonly expressions: readonly Parsed[];
}

/** Throws UnreadableError for a component without a template. */
export function parseVue(file: SourceFile): ParsedVue {
  const root = parseTemplate(file.text, { parseMode: "sfc", onError: () => undefined });
  const parts = root.children.filter((child): child is ElementNode => child.type === NodeTypes.ELEMENT);
  const template = parts.find(({ tag }) => tag === "template");
  if (template === undefined) throw new UnreadableError(`${file.path} has no template`);
  const script = parts.find(({ tag }) => tag === "script");
  // Kept at its place, so that lines are those of the file.
  const code = script?.children.map(({ loc }) => loc.source).join("") ?? "";
  const before = file.text.slice(0, script?.children[0]?.loc.start.offset ?? 0).replaceAll(/[^\n]/gu, " ");
  const isTyped = script?.props.some((prop) => prop.loc.source === 'lang="ts"') === true;
  const elements = elementsBelow(template);
  return {
    script: parse({ path: `${file.path}${isTyped ? ".ts" : ""}`, text: before + code }),
    elements,
    expressions: elements.flatMap(expressionsOf).flatMap((text) => parsedExpression(file.path, text)),
  };
}

function elementsBelow(node: ElementNode): readonly ElementNode[] {
  return node.children.flatMap((child) => (child.type === NodeTypes.ELEMENT ? [child, ...elementsBelow(child)] : []));
}

function expressionsOf({ props, children }: ElementNode): readonly string[] {
  const directives = props.flatMap((prop) => {
    if (prop.type !== NodeTypes.DIRECTIVE) return [];
    return "exp" in prop && prop.exp !== undefined && prop.name !== "for" ? [prop.exp.loc.source] : [];
  });
  const texts = children.flatMap((child) =>
    child.type === NodeTypes.INTERPOLATION && "content" in child && typeof child.content === "object"
      ? [child.content.loc.source]
      : [],
  );
  return [...directives, ...texts];
}

/** An expression, or the statements of an event handler; nothing for what is neither, such as the pattern of a slot. */
function parsedExpression(path: string, text: string): readonly Parsed[] {
  for (const code of [`(${text})`, text]) {
    try {
      return [parse({ path: path.replace(/\.vue$/u, ".js"), text: code })];
    } catch {
      // The next way to read it.
    }
  }
  return [];
}

/** All nodes below, the node itself first, in the order of the text. */
export function* nodesBelow(node: unknown): Generator<SyntaxNode> {
  if (Array.isArray(node)) {
    for (const item of node as readonly unknown[]) yield* nodesBelow(item);
    return;
  }
  if (!isNode(node)) return;
  yield node;
  for (const value of Object.values(node)) yield* nodesBelow(value);
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";
}

/** `a.b.c`, `this.a["b"]` as a list of names; undefined for anything else. */
export function memberPath(node: unknown): readonly string[] | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "ChainExpression") return memberPath(node["expression"]);
  if (node.type === "ThisExpression") return ["this"];
  if (node.type === "Identifier") return [String(node["name"])];
  if (node.type !== "MemberExpression") return undefined;
  const name = node["computed"] === true ? textOf(node["property"]) : nameOf(node["property"]);
  const before = memberPath(node["object"]);
  return name === undefined || before === undefined ? undefined : [...before, name];
}

/** The name of an identifier; of a key of an object also if it is a text. */
export function nameOf(node: unknown): string | undefined {
  if (isNode(node) && (node.type === "Identifier" || node.type === "PrivateIdentifier")) return String(node["name"]);
  return textOf(node);
}

/** The value of a text that is written out. */
export function textOf(node: unknown): string | undefined {
  return isNode(node) && node.type === "Literal" && typeof node["value"] === "string" ? node["value"] : undefined;
}

/** The properties of an object by name; spreads and computed keys are left out. */
export function propertiesOf(
  node: unknown,
): readonly { readonly name: string; readonly value: unknown; readonly node: SyntaxNode }[] {
  if (!isNode(node) || node.type !== "ObjectExpression") return [];
  return (node["properties"] as readonly SyntaxNode[]).flatMap((property) => {
    const name = property["computed"] === true ? textOf(property["key"]) : nameOf(property["key"]);
    return property.type === "Property" && name !== undefined
      ? [{ name, value: property["value"], node: property }]
      : [];
  });
}

export function lineOf({ text }: SourceFile, node: SyntaxNode): number {
  return text.slice(0, node.start).split("\n").length;
}

/** The text of a node on one line, as short as it can be without being wrong. */
export function sourceOf({ text }: SourceFile, node: SyntaxNode): string {
  return text.slice(node.start, node.end).replaceAll(/\s+/gu, " ");
}
