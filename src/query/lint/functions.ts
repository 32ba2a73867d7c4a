/** Finds unknown functions and variables. JSONata only notices them during evaluation. */
import { builtinFunctions } from "./builtin-functions.ts";
import { compareEngines } from "../engines.ts";
import { guess } from "../../model/guess.ts";
import { inQuery, type LintFinding, type TreeContext } from "./lint-context.ts";
import { isMemberName } from "./member-names.ts";
import { calledName, walk, type QueryNode } from "./query-tree.ts";

/** Set anew for each evaluation, in addition to jsonata's list of functions. */
const givenVariables = ["now", "millis"];

const otherNames: Readonly<Record<string, string>> = {
  len: "count",
  size: "count",
  avg: "average",
  mean: "average",
  includes: "contains",
  startsWith: "match",
  indexOf: "contains",
  lower: "lowercase",
  upper: "uppercase",
  toString: "string",
  toNumber: "number",
  int: "number",
  parseInt: "number",
  unique: "distinct",
  concat: "append",
  flatten: "append",
  isEmpty: "exists",
};

export function checkFunctions(context: TreeContext): readonly LintFinding[] {
  const { tree } = context;
  const bound = boundVariables(tree);
  const findings: LintFinding[] = [];
  walk(tree, (node, parent) => {
    if (node.type === "variable") findings.push(...checkVariable(node, parent, context, bound));
    if (node.type === "function") findings.push(...checkCall(node, context));
  });
  return findings;
}

function checkVariable(
  node: QueryNode,
  parent: QueryNode | undefined,
  context: TreeContext,
  bound: ReadonlySet<string>,
): readonly LintFinding[] {
  const name = String(node.value);
  // `""` is `$`, and `"$"` is `$$`. A generated call (`??` uses $exists) has no position.
  if (name === "" || name === "$" || bound.has(name) || node.position === undefined) return [];
  const isCalled = parent !== undefined && parent.procedure === node;
  if (builtinFunctions.has(name) || givenVariables.includes(name)) {
    if (isCalled || isPassedOn(node, parent)) return [];
    return [
      inQuery("unknown-function", "error", context.spanOf(node), {
        message: `$${name} is a function and is not called`,
        hint: `write $${name}(…)`,
        why: "a function cannot be compared: the monitor would stay down",
      }),
    ];
  }
  const meant = otherNames[name] ?? guess(name, [...builtinFunctions.keys(), ...givenVariables, ...someOf(bound)]);
  return [
    inQuery("unknown-function", "error", context.spanOf(node), {
      message: isCalled ? `unknown function $${name}` : `unknown variable $${name}`,
      ...(meant !== undefined && { hint: `did you mean $${meant}?` }),
      why: isCalled
        ? `JSONata accepts this when it parses; the monitor would stay down with "Attempted to invoke a non-function"`
        : "nothing is bound to it, so it never has a value",
    }),
  ];
}

/**
 * The names that a misspelt one is compared with. Limited, because generated queries may have thousands of variables.
 */
function someOf(names: ReadonlySet<string>): readonly string[] {
  return names.size > 100 ? [] : [...names];
}

/** Whether the function is used as a value: as an argument, after `~>`, or bound to a variable. */
function isPassedOn(node: QueryNode, parent: QueryNode | undefined): boolean {
  if (parent === undefined) return false;
  if (parent.type === "apply" || parent.type === "bind") return true;
  return parent.arguments !== undefined && argumentsOf(parent).has(node);
}

const knownArguments = new WeakMap<QueryNode, ReadonlySet<QueryNode>>();

function argumentsOf(call: QueryNode): ReadonlySet<QueryNode> {
  const found = knownArguments.get(call) ?? new Set(call.arguments);
  knownArguments.set(call, found);
  return found;
}

/** `count(data)` calls a field of the document. */
function checkCall(node: QueryNode, context: TreeContext): readonly LintFinding[] {
  const { procedure } = node;
  const [step, ...others] = procedure?.steps ?? [];
  if (calledName(node) !== undefined || step?.type !== "name" || others.length > 0) return [];
  const name = String(step.value);
  if (isMemberName(name)) return checkMemberCall(name, step, context);
  const meant = builtinFunctions.has(name) ? name : (otherNames[name] ?? guess(name, builtinFunctions.keys()));
  const isMember = name === "length" && context.text.charAt(context.spanOf(step).start - 1) === ".";
  return [
    inQuery("unknown-function", "error", context.spanOf(step), {
      message: `"${name}" is called like a function, but a function begins with $`,
      ...(isMember && { hint: "for the number of items write $count(…)" }),
      ...(!isMember && meant !== undefined && { hint: `did you mean $${meant}?` }),
      why: `without $ it is a field of the document; the monitor would stay down with "Attempted to invoke a non-function"`,
    }),
  ];
}

/** `hasOwnProperty("a")` calls JavaScript's own function, as long as jsonata hands it out. */
function checkMemberCall(name: string, step: QueryNode, context: TreeContext): readonly LintFinding[] {
  const [old, newer] = [true, false].map((isOld) =>
    context.servers.find(({ engine }) => compareEngines(engine, "2.2.2") < 0 === isOld),
  );
  // What every object has on an old server has a finding of its own.
  if (newer === undefined) return [];
  return [
    inQuery("unknown-function", "error", context.spanOf(step), {
      message: `"${name}" is called like a function, but a function begins with $`,
      ...(name === "hasOwnProperty" && { hint: "write $exists(…) around the field" }),
      ...(name === "toString" && { hint: "did you mean $string?" }),
      why:
        (old === undefined ? "" : `it is JavaScript's, which works up to Uptime Kuma 2.5.3; `) +
        `from 2.5.4 on the monitor is down with "Attempted to invoke a non-function"`,
    }),
  ];
}

/** All variables of the query. Scopes are ignored, so that no correct query gets a finding. */
function boundVariables(tree: QueryNode): ReadonlySet<string> {
  const names = new Set<string>();
  walk(tree, (node) => {
    if (node.type === "bind") names.add(String((node.lhs as QueryNode | undefined)?.value));
    if (node.type === "lambda") for (const argument of node.arguments ?? []) names.add(String(argument.value));
    if (node.focus !== undefined) names.add(node.focus);
    if (node.index !== undefined) names.add(node.index);
    // `#$i` after a predicate is a stage of its own.
    for (const stage of [...(node.stages ?? []), ...(node.predicate ?? [])]) {
      if (stage.type === "index") names.add(String((stage as unknown as QueryNode).value));
    }
  });
  return names;
}
