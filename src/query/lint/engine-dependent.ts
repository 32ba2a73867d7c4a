/**
 * Finds parts that do not mean what they seem to mean, or that differ between releases of jsonata
 * (docs/upstream/jsonata.md#releases-of-jsonata, docs/upstream/jsonata.md#common-mistakes).
 */
import { isJsonObject, type Json } from "../../model/json.ts";
import { compareEngines, type EngineVersion } from "../engines.ts";
import { inQuery, type LintFinding, type TreeContext } from "./lint-context.ts";
import { isMemberName } from "./member-names.ts";
import { calledName, filtersOf, leftOf, visitsOf, walk, type QueryNode } from "./query-tree.ts";

export function checkEngineDependent(context: TreeContext): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  const withIndex = nodesWithIndex(context);
  const called = calledFields(context);
  walk(context.tree, (node, parent) => {
    if (node.type === "path") findings.push(...checkSteps(node, context));
    if (node.type === "condition") findings.push(...checkCondition(node, context, withIndex));
    if (node.type === "name" && !called.has(node)) findings.push(...checkJavaScriptName(node, parent, context));
  });
  return [...findings, ...checkBigIntegers(context)];
}

function checkSteps(path: QueryNode, context: TreeContext): readonly LintFinding[] {
  const findings: LintFinding[] = [];
  let before: Before =
    context.sample === undefined ? { isKnown: false, isMany: true } : { isKnown: true, value: context.sample };
  for (const [index, step] of (path.steps ?? []).entries()) {
    const canBeMany = before.isKnown ? Array.isArray(before.value) : before.isMany;
    before = stepOn(before, step);
    if (index === 0) continue;
    if (step.type === "unary" && step.consarray === true) {
      findings.push(
        inQuery("misleading-syntax", "warning", context.spanOf(step), {
          message: ".[…] makes a list of each result, for example [true]",
          hint: "for a condition write x[…], for a value x.(…)",
          why: "Uptime Kuma 2.x refuses lists: the monitor would be down",
        }),
      );
    }
    const indexFilter = filtersOf(step).find(({ expr }) => expr?.type === "number" || isNegative(expr));
    if (step.type === "name" && indexFilter?.expr !== undefined && canBeMany) {
      findings.push(
        inQuery("misleading-syntax", context.sample === undefined ? "info" : "warning", context.spanOf(step), {
          message: `the index belongs to each "${String(step.value)}", not to the list of them`,
          hint: "for one item of them all write (a.b)[0]",
          why: "with one value in each item, the index 0 changes nothing",
        }),
      );
    }
  }
  return findings;
}

function isNegative(expr: QueryNode | undefined): boolean {
  return expr?.type === "unary" && expr.value === "-" && expr.expression?.type === "number";
}

/** The values in the sample that a plain path applies to, or whether it may be a list if there is no sample. */
type Before =
  | { readonly isKnown: true; readonly value: Json | undefined }
  | { readonly isKnown: false; readonly isMany: boolean };

function stepOn(before: Before, step: QueryNode): Before {
  if (!before.isKnown || step.type === "variable" || before.value === undefined) return before;
  const filters = filtersOf(step);
  if (filters.length > 0) return { isKnown: false, isMany: !filters.every(({ expr }) => expr?.type === "number") };
  if (step.type !== "name" || !isJsonObject(before.value)) return { isKnown: false, isMany: true };
  return { isKnown: true, value: before.value[String(step.value)] };
}

function checkCondition(
  node: QueryNode,
  context: TreeContext,
  withIndex: ReadonlySet<QueryNode>,
): readonly LintFinding[] {
  const span = context.spanOf(node);
  const sign = context.text.slice(span.start, span.end);
  if (node.else === undefined) {
    return [
      inQuery("misleading-syntax", "warning", span, {
        message: "no value for the other case",
        hint: "write a ? b : c",
        why: `without it the monitor is down with "Empty or undefined response", which does not tell why`,
      }),
    ];
  }
  if (sign !== "??" && sign !== "?:") return [];
  return [...checkPrecedence(node, sign, context), ...checkBrokenDefault(node, sign, context, withIndex)];
}

function checkPrecedence(node: QueryNode, sign: string, context: TreeContext): readonly LintFinding[] {
  const { else: right } = node;
  const isComparison =
    right?.type === "binary" && ["=", "!=", "<", "<=", ">", ">=", "in", "and", "or"].includes(String(right.value));
  if (right === undefined || !isComparison) return [];
  return [
    inQuery("misleading-syntax", "warning", context.spanOf(right), {
      message: `this comparison is part of what ${sign} falls back to`,
      hint: `write (a ${sign} b) ${String(right.value)} c`,
    }),
  ];
}

/** jsonata 2.1.0 applies an index or a minus on the left side a second time (#773, #774, #780). */
function checkBrokenDefault(
  node: QueryNode,
  sign: string,
  context: TreeContext,
  withIndex: ReadonlySet<QueryNode>,
): readonly LintFinding[] {
  const broken = context.servers.find(({ engine }) => engine === "2.1.0");
  const left = node.then;
  if (broken === undefined || left === undefined || !withIndex.has(left)) return [];
  return [
    inQuery("misleading-syntax", "error", context.spanOf(node), {
      message: `${sign} behind an index or a minus gives a wrong value on Uptime Kuma ${broken.version} (jsonata 2.1.0)`,
      hint: sign === "??" ? "write $exists(a) ? a : b" : "write a ? a : b",
      why: "that release applies the index or the minus twice",
    }),
  ];
}

/** The nodes that contain an index or a minus. */
function nodesWithIndex({ tree }: TreeContext): ReadonlySet<QueryNode> {
  const found = new Set<QueryNode>();
  for (const { node, children } of visitsOf(tree).bottomUp) {
    if (isIndexed(node) || children.some((child) => found.has(child))) found.add(node);
  }
  return found;
}

function isIndexed(node: QueryNode): boolean {
  if (node.type === "unary" && node.value === "-") return true;
  if (node.type === "number" && typeof node.value === "number" && node.value < 0) return true;
  return filtersOf(node).some(({ expr }) => expr?.type === "number" && expr.value !== 0);
}

/** `toString()`: where a server's jsonata refuses the call, that is the finding. */
function calledFields({ tree, servers }: TreeContext): ReadonlySet<QueryNode> {
  const found = new Set<QueryNode>();
  if (servers.every(({ engine }) => compareEngines(engine, "2.2.2") < 0)) return found;
  walk(tree, ({ procedure }) => {
    const [step, ...others] = procedure?.steps ?? [];
    if (step !== undefined && others.length === 0) found.add(step);
  });
  return found;
}

function checkJavaScriptName(
  node: QueryNode,
  parent: QueryNode | undefined,
  context: TreeContext,
): readonly LintFinding[] {
  const name = String(node.value);
  const server = serverBefore(context, "2.2.0");
  if (server === undefined || !isMemberName(name) || parent?.procedure === node) return [];
  return [
    inQuery("object-member-name", "warning", context.spanOf(node), {
      message: `every object has a "${name}" on Uptime Kuma ${server}`,
      why: "jsonata before 2.2.0 also sees the members that JavaScript gives each object",
    }),
  ];
}

function serverBefore(context: TreeContext, release: "2.1.1" | "2.2.0"): string | undefined {
  const first: EngineVersion = release === "2.1.1" ? "2.1.1" : "2.2.2";
  return context.servers.find(({ engine }) => compareEngines(engine, first) < 0)?.version;
}

/** Before 2.1.1, `$string` and `&` keep only 15 digits of an integer. */
function checkBigIntegers(context: TreeContext): readonly LintFinding[] {
  const server = serverBefore(context, "2.1.1");
  if (server === undefined) return [];
  const hasBigSample = context.sample !== undefined && holdsBigInteger(context.sample);
  const findings: LintFinding[] = [];
  walk(context.tree, (node) => {
    const operands = node.value === "&" && node.type === "binary" ? [leftOf(node), node.rhs] : [];
    const converted = calledName(node) === "string" ? (node.arguments ?? []) : operands;
    const texts = converted.filter(
      (operand): operand is QueryNode => operand !== undefined && operand.type !== "string",
    );
    const isBig = texts.some(({ type, value }) => (type === "number" ? isBigInteger(value) : hasBigSample));
    if (!isBig) return;
    findings.push(
      inQuery("big-integer", "warning", context.spanOf(node), {
        message: `integers of more than 15 digits lose some as text on Uptime Kuma ${server}`,
        hint: "compare the number itself, without $string or &",
      }),
    );
  });
  return findings;
}

function holdsBigInteger(value: Json): boolean {
  if (Array.isArray(value)) return value.some((item: Json) => holdsBigInteger(item));
  if (isJsonObject(value)) return Object.values(value).some((item) => holdsBigInteger(item));
  return isBigInteger(value);
}

function isBigInteger(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && Math.abs(value) >= 1e15;
}
