/**
 * The verdict of Uptime Kuma on one response, by the rules of one release
 * (docs/upstream/jsonata.md#how-a-response-is-judged, docs/upstream/jsonata.md#operators). It only runs inside the
 * evaluation process, because an evaluation can hang or use up all memory.
 */
import type { Json } from "../../model/json.ts";
import type { ResultType, RuledCheck, Verdict } from "../check.ts";
import type { ServerRules } from "../server-rules.ts";
import { decodeBody } from "./decode-body.ts";
import { judgeCommand, judgeMessage } from "./judge-text.ts";
import { orderOperators, type Evaluator, type OrderOperator } from "./evaluator.ts";

const longestValue = 20_000;

export async function judge(check: RuledCheck, rules: ServerRules, evaluator: Evaluator): Promise<Verdict> {
  if (check.askedBy === "mqtt") return judgeElsewhere(check, judgeMessage(check, evaluator));
  if (check.askedBy === "mongodb") return judgeElsewhere(check, judgeCommand(check, evaluator));
  return rules.hasOperators ? judgeWithOperators(check, rules, evaluator) : judgeAsText(check, rules, evaluator);
}

async function judgeElsewhere(check: RuledCheck, saying: ReturnType<typeof judgeMessage>): Promise<Verdict> {
  try {
    const { result, ...said } = await saying;
    return { ...said, ...describe(result, check) };
  } catch (error) {
    return { status: "down", message: messageOf(error), cause: "error" };
  }
}

/** 1.23 and the npm package: `result.toString() === expected`, so arrays and objects are compared by their text too. */
async function judgeAsText(check: RuledCheck, rules: ServerRules, evaluator: Evaluator): Promise<Verdict> {
  let seen: Pick<Verdict, "resultType" | "value"> = {};
  try {
    const input = decodeBody(check, rules.secondDecode);
    const result = (await evaluator.evaluate(check.query, input, check.clock)) as { toString(): string };
    seen = describe(result, check);
    // V8's message shows the variable name `result` if an object has no prototype (jsonata 2.2), so it must not be
    // renamed.
    const text = result.toString();
    const line = check.statusLine ?? "200 - OK";
    if (text === check.expected)
      return { status: "up", message: `${line}, expected value is found`, cause: "match", ...seen };
    const message = `${line}, but value is not equal to expected value, value was: [${String(result)}]`;
    return { status: "down", message, cause: "mismatch", ...seen };
  } catch (error) {
    return { status: "down", message: messageOf(error), cause: "error", ...seen };
  }
}

/** 2.x compares only text, numbers and booleans, and needs an operator. */
async function judgeWithOperators(check: RuledCheck, rules: ServerRules, evaluator: Evaluator): Promise<Verdict> {
  let result = decodeBody(check, rules.secondDecode);
  let seen: Pick<Verdict, "resultType" | "value"> = {};
  try {
    if (check.query !== null && check.query !== "") {
      result = await evaluator.evaluate(check.query, result, check.clock);
    }
    seen = describe(result, check);
    refuseUncomparable(result, rules);
    const isMatch = await compareValue(result as string | number | boolean, check, evaluator);
    const compared = `(comparing ${String(result)} ${String(check.operator)} ${String(check.expected)})`;
    return isMatch
      ? { status: "up", message: `JSON query passes ${compared}`, cause: "match", ...seen }
      : { status: "down", message: `JSON query does not pass ${compared}`, cause: "mismatch", ...seen };
  } catch (error) {
    return { status: "down", message: errorMessage(error, result), cause: "error", ...seen };
  }
}

function refuseUncomparable(result: unknown, rules: ServerRules): void {
  if (result === null || result === undefined) {
    throw new Error("Empty or undefined response. Check query syntax and response structure");
  }
  if (rules.namesArrays && Array.isArray(result)) {
    const text = JSON.stringify(result);
    const shown = text.length > 25 ? `${text.slice(0, 25)}...]` : text;
    throw new Error(
      `JSON query returned the array ${shown}, but a primitive value is required. Modify your query to return a single ` +
        "value via [0] to get the first element or use an aggregation like $count(), $sum() or $boolean().",
    );
  }
  if (typeof result === "object" || typeof result === "function") {
    throw new Error(
      `The post-JSON query evaluated response from the server is of type ${typeof result}, which cannot be directly ` +
        "compared to the expected value",
    );
  }
}

async function compareValue(
  value: string | number | boolean,
  { operator, expected }: RuledCheck,
  evaluator: Evaluator,
): Promise<boolean> {
  if (!isOperator(operator)) throw new Error(`Invalid condition ${String(operator)}`);
  const text = value.toString();
  // For NULL, this throws the same TypeError as the server.
  const wanted = (expected as { toString(): string }).toString();
  switch (operator) {
    case "==":
      return text === wanted;
    case "!=":
      return text !== wanted;
    case "contains":
      return text.includes(wanted);
    case ">":
    case ">=":
    case "<":
    case "<=":
      return evaluator.compare(operator, text, wanted);
    default:
      return operator satisfies never;
  }
}

type Operator = OrderOperator | "==" | "!=" | "contains";
/** The operators that 2.x accepts. */
export const operators: readonly string[] = ["==", "!=", "contains", ...orderOperators];

function isOperator(operator: string | null): operator is Operator {
  return operator !== null && operators.includes(operator);
}

/**
 * Quotes the last value, cut to 100 characters. Like the server, it marks every text of more than 50 as truncated. If the
 * value is no JSON, the server fails on the way and says only that (a function of jsonata 2.2,
 * docs/upstream/jsonata.md#releases-of-jsonata).
 */
function errorMessage(error: unknown, last: unknown): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(last) as string | undefined;
  } catch (unquotable) {
    return messageOf(unquotable);
  }
  const shown = text !== undefined && text.length > 50 ? `${text.slice(0, 100)}… (truncated)` : String(text);
  return `Error evaluating JSON query: ${messageOf(error)}. Response from server was: ${shown}`;
}

/** jsonata throws plain objects, not errors. */
function messageOf(error: unknown): string {
  return String((error as { readonly message?: unknown } | undefined)?.message);
}

function describe(result: unknown, check: RuledCheck): Pick<Verdict, "resultType" | "value"> {
  const resultType = typeOf(result);
  if (check.wantsValue !== true || resultType === "undefined" || resultType === "function") return { resultType };
  try {
    const text = JSON.stringify(result);
    return text.length > longestValue ? { resultType } : { resultType, value: JSON.parse(text) as Json };
  } catch {
    return { resultType };
  }
}

function typeOf(value: unknown): ResultType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  // jsonata's own functions and lambdas are objects with a flag.
  if (typeof value === "object" && ("_jsonata_function" in value || "_jsonata_lambda" in value)) return "function";
  return typeof value as ResultType;
}
