/**
 * Finds field names that the sample does not have. It walks through the tree with the sample's values, as jsonata
 * would. Parts that it cannot follow get no finding.
 */
import { isJsonObject, type Json } from "../../model/json.ts";
import { compareEngines } from "../engines.ts";
import { guess } from "../../model/guess.ts";
import { inQuery, type LintFinding, type TreeContext } from "./lint-context.ts";
import { calledName, leftOf, pairsOf, type QueryNode, type Stage } from "./query-tree.ts";
import { variableScope, type Values, type VariableScope } from "./variable-scope.ts";

interface Walk {
  readonly context: TreeContext;
  readonly root: Values;
  /** The variables, to which `$x := …` adds in the order of evaluation. */
  readonly scope: VariableScope;
  readonly findings: LintFinding[];
  /** Whether the field may be missing on purpose: inside `$exists` or left of `??`. */
  readonly isOptional: boolean;
  /** What happens without the field, where that is worth saying. */
  readonly why?: string;
}

const takeLambda: ReadonlySet<string> = new Set(["map", "filter", "single", "sift", "each", "reduce", "sort"]);
const keepItems: ReadonlySet<string> = new Set(["filter", "sort", "reverse", "distinct", "shuffle", "single"]);

export function checkFields(context: TreeContext): readonly LintFinding[] {
  if (context.sample === undefined) return [];
  const root = itemsOf([context.sample]);
  const findings: LintFinding[] = [];
  follow(context.tree, root, { context, root, scope: variableScope(), findings, isOptional: false });
  // `a ?? b` is walked twice; at one place, the first finding stays.
  const byStart = new Map<number, LintFinding>();
  for (const finding of findings) if (!byStart.has(finding.start)) byStart.set(finding.start, finding);
  return [...byStart.values()];
}

/** Walks through `node` for `values`, adds findings, and returns the node's values. */
function follow(node: QueryNode | undefined, values: Values, walk: Walk): Values {
  if (node === undefined) return undefined;
  const result = followPlain(node, values, walk);
  followFilters(node.predicate, result, walk);
  followPairs(node.group?.lhs ?? [], result, walk);
  return node.group === undefined ? result : undefined;
}

function followPlain(node: QueryNode, values: Values, walk: Walk): Values {
  switch (node.type) {
    case "path":
      return followPath(node, values, walk);
    case "variable":
      if (node.value === "") return values;
      return node.value === "$" ? walk.root : walk.scope.get(String(node.value));
    case "block": {
      let last: Values;
      for (const expression of node.expressions ?? []) last = follow(expression, values, walk);
      return last;
    }
    case "bind": {
      const bound = follow(node.rhs, values, walk);
      walk.scope.set(String(leftOf(node)?.value), bound);
      return bound;
    }
    case "function":
      return followCall(node, values, walk);
    case "apply":
      return followApply(node, values, walk);
    case "lambda":
      followBody(node, { values, given: [] }, walk);
      return undefined;
    case "condition":
      // `a ?? b` tests whether `a` exists, and `a ?: b` has `a` on both sides.
      follow(node.condition, values, isDefault(node, walk) ? { ...walk, isOptional: true } : walk);
      if (!isDefault(node, walk)) follow(node.then, values, walk);
      follow(node.else, values, walk);
      return undefined;
    case "unary":
      follow(node.expression, values, walk);
      followPairs(pairsOf(node), values, walk);
      return node.value === "[" ? merge((node.expressions ?? []).map((item) => follow(item, values, walk))) : undefined;
    case "transform":
    case "partial":
    case "regex":
      return undefined;
    default:
      follow(leftOf(node), values, walk);
      follow(node.rhs, values, walk);
      return undefined;
  }
}

function isDefault(node: QueryNode, { context }: Walk): boolean {
  const { start, end } = context.spanOf(node);
  return ["??", "?:"].includes(context.text.slice(start, end));
}

function followPath(path: QueryNode, start: Values, walk: Walk): Values {
  let values = start;
  for (const step of path.steps ?? []) {
    if (step.type === "name") values = followName(step, values, walk);
    else if (step.type === "wildcard") values = values && itemsOf(values.flatMap((value) => membersOf(value)));
    else if (step.type === "descendant") values = values && descendantsOf(values);
    else if (step.type === "sort") for (const term of step.terms ?? []) follow(term.expression, values, required(walk));
    else if (step.type === "parent") values = undefined;
    else values = follow({ ...step, predicate: [] }, values, walk);
    followFilters([...(step.stages ?? []), ...(step.predicate ?? [])], values, walk);
    // `@$v` keeps the context from before the step, and `#$i` gives numbers; neither is followed.
    if (step.focus !== undefined) {
      walk.scope.set(step.focus, values);
      values = undefined;
    }
    followPairs(step.group?.lhs ?? [], values, walk);
  }
  return values;
}

function followName(step: QueryNode, values: Values, walk: Walk): Values {
  // An empty list does not show the fields of its items.
  if (values === undefined || values.length === 0) return undefined;
  const name = String(step.value);
  const found = values.filter((value) => isJsonObject(value)).filter((value) => Object.hasOwn(value, name));
  if (found.length > 0) return itemsOf(found.map((value) => value[name] as Json));
  report(step, values, walk);
  return undefined;
}

function followFilters(stages: readonly Stage[] | undefined, values: Values, walk: Walk): void {
  for (const { expr } of stages ?? []) follow(expr, values, required(walk));
}

function followPairs(pairs: readonly (readonly QueryNode[])[], values: Values, walk: Walk): void {
  for (const expression of pairs.flat()) follow(expression, values, required(walk));
}

/** An `$exists` around a filter does not make the fields inside the filter optional. */
function required(walk: Walk): Walk {
  return walk.isOptional ? { ...walk, isOptional: false } : walk;
}

function followCall(node: QueryNode, values: Values, walk: Walk): Values {
  const name = calledName(node);
  const [first, ...others] = node.arguments ?? [];
  const inner = name === "exists" ? { ...walk, isOptional: true } : walk;
  const subject = follow(first, values, inner);
  return followArguments({ name, subject, others }, values, walk);
}

/** `data ~> $filter(function($x){…})`: the left side is the first argument. */
function followApply(node: QueryNode, values: Values, walk: Walk): Values {
  const subject = follow(leftOf(node), values, walk);
  const { rhs } = node;
  if (rhs?.type !== "function") return undefined;
  return followArguments({ name: calledName(rhs), subject, others: rhs.arguments ?? [] }, values, walk);
}

function followArguments(
  call: { readonly name: string | undefined; readonly subject: Values; readonly others: readonly QueryNode[] },
  values: Values,
  walk: Walk,
): Values {
  const { name, subject, others } = call;
  for (const argument of others) {
    const isLambda = argument.type === "lambda" && name !== undefined && takeLambda.has(name);
    if (!isLambda) follow(argument, values, name === "contains" ? { ...walk, why: whyOfPattern(walk) } : walk);
    else followBody(argument, { values, given: lambdaValues(name, subject) }, walk);
  }
  const [key] = others;
  if (name === "lookup" && key?.type === "string") return followName(key, subject, walk);
  return name !== undefined && keepItems.has(name) ? subject : undefined;
}

/** `$contains(text, missing)` (docs/upstream/jsonata.md#uptime-kuma-254). */
function whyOfPattern({ context: { servers } }: Walk): string {
  const olds = servers.filter(({ engine }) => compareEngines(engine, "2.2.2") < 0);
  const failing = "without the pattern $contains fails";
  if (olds.length === servers.length) return failing;
  const missing = "without the pattern $contains gives nothing, and `$contains(…) = false` is false then too";
  return olds.length === 0 ? missing : `up to Uptime Kuma 2.5.3 ${failing}; from 2.5.4 on ${missing}`;
}

/** The values of the parameters of a function that is passed to `$map` and similar functions. */
function lambdaValues(name: string, subject: Values): readonly Values[] {
  if (name === "sift" || name === "each") return [subject && itemsOf(subject.flatMap((value) => membersOf(value)))];
  return name === "sort" ? [subject, subject] : name === "reduce" ? [undefined, subject] : [subject];
}

/** Variables of a function end with it. */
function followBody(
  lambda: QueryNode,
  { values, given }: { readonly values: Values; readonly given: readonly Values[] },
  walk: Walk,
): void {
  const leave = walk.scope.enter();
  for (const [index, argument] of (lambda.arguments ?? []).entries())
    walk.scope.set(String(argument.value), given[index]);
  follow(lambda.body, values, walk);
  leave();
}

function report(step: QueryNode, values: readonly Json[], walk: Walk): void {
  const { context, findings, isOptional, why } = walk;
  const name = String(step.value);
  const keys = [...new Set(values.flatMap((value) => (isJsonObject(value) ? Object.keys(value) : [])))];
  const span = context.spanOf(step);
  const joined = joinedName(step, keys, context);
  const meant = guess(name, keys);
  const isLength = name === "length" || name === "size";
  const hint =
    (context.text.charAt(span.start - 1) === "/" && "a slash divides; a path is written with dots") ||
    (joined !== undefined && `the minus subtracts; write \`${joined}\` in backticks`) ||
    (isLength && "for the number of items write $count(…)") ||
    (meant !== undefined && `did you mean ${meant}?`) ||
    (keys.length > 0 && `known here: ${keys.slice(0, 8).join(", ")}${keys.length > 8 ? ", …" : ""}`) ||
    undefined;
  const message =
    keys.length === 0
      ? `"${name}" does not exist in the sample: the value before it is not an object`
      : `"${name}" does not exist in the sample`;
  const severity = isOptional && meant === undefined ? "info" : "warning";
  const more = { ...(hint !== undefined && { hint }), ...(why !== undefined && { why }) };
  findings.push(inQuery("unknown-field", severity, span, { message, ...more }));
}

/** `last-run` means last minus run. If the sample has a field with that name, the whole name is returned. */
function joinedName(step: QueryNode, keys: readonly string[], context: TreeContext): string | undefined {
  const { tokens } = context;
  const [at] = context.tokensOf(step);
  const isJoined = (index: number): boolean => tokens[index - 1]?.end === tokens[index]?.start;
  const isPart = (index: number): boolean => tokens[index]?.kind === "name" || tokens[index]?.text === "-";
  let [from, to] = [at, at];
  while (isPart(from - 1) && isJoined(from)) from--;
  while (isPart(to + 1) && isJoined(to + 1)) to++;
  const word = tokens
    .slice(from, to + 1)
    .map((token) => token.text)
    .join("");
  return from < to && keys.includes(word) ? word : undefined;
}

/** Replaces lists by their items, at any depth. */
function itemsOf(values: readonly Json[]): readonly Json[] {
  return values.flatMap((value) => (Array.isArray(value) ? itemsOf(value as readonly Json[]) : [value]));
}

function membersOf(value: Json): readonly Json[] {
  return isJsonObject(value) ? Object.values(value) : [];
}

/** Without duplicates, because `**.**` would multiply them. */
function descendantsOf(values: readonly Json[]): readonly Json[] {
  const found = new Set<Json>();
  const add = (value: Json): void => {
    if (found.has(value)) return;
    found.add(value);
    for (const member of itemsOf(membersOf(value))) add(member);
  };
  for (const value of values) add(value);
  return [...found];
}

function merge(all: readonly Values[]): Values {
  return all.every((values) => values !== undefined) ? all.flat() : undefined;
}
