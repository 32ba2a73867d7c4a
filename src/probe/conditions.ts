/** Conditions on a text, as the server evaluates them (uptime-kuma server/monitor-conditions, the same from 2.0 to 2.5). */
import { listOf } from "../kinds/codecs/list-of.ts";
import { toText } from "../kinds/codecs/text.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";

type Operator = (value: string, operand: string) => boolean;

const operators: Readonly<Record<string, Operator>> = {
  equals: (value, operand) => value === operand,
  not_equals: (value, operand) => value !== operand,
  contains: (value, operand) => value.includes(operand),
  not_contains: (value, operand) => !value.includes(operand),
  starts_with: (value, operand) => value.startsWith(operand),
  not_starts_with: (value, operand) => !value.startsWith(operand),
  ends_with: (value, operand) => value.endsWith(operand),
  not_ends_with: (value, operand) => !value.endsWith(operand),
};

/**
 * Whether `value` meets the conditions of a row. They are evaluated from left to right, without precedence; without
 * conditions, every value passes.
 */
export function meetsConditions(conditions: Json | undefined, value: string): boolean {
  let result: boolean | undefined;
  for (const node of listOf(conditions).filter(isJsonObject)) {
    const isMet = meetsNode(node, value);
    if (result === undefined) result = isMet;
    else result = node["andOr"] === "or" ? result || isMet : result && isMet;
  }
  return result ?? true;
}

function meetsNode({ children, operator, value: operand }: JsonObject, value: string): boolean {
  if (children !== undefined) return meetsConditions(children, value);
  const name = toText(operator) ?? "";
  const test = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (test === undefined) throw new Error(`Unexpected expression operator ID '${name}'`);
  return test(value, toText(operand) ?? "");
}
