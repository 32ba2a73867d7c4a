import { isJsonObject, pointerTo, type Json } from "../../model/json.ts";
import type { EntityFinding } from "../entity-finding.ts";
import { jsonProblem } from "../source/json-problem.ts";
import type { EntityRule } from "./rule.ts";

/** RFC 9110 section 5.6.2. */
const tokenPattern = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/u;

/**
 * Headers as text must be a JSON object, with names and values that can be sent. Servers before 2.1 save anything and
 * fail later.
 */
export const headers: EntityRule = {
  name: "headers",
  checkEach({ written: { headers: written } }) {
    if (typeof written === "string") return checkText(written);
    if (!isJsonObject(written)) return [];
    return Object.entries(written).flatMap(([name, value]) => checkHeader(name, value));
  },
};

function checkText(text: string): readonly EntityFinding[] {
  if (text.trim() === "") return [];
  const base = { code: "KS1405", severity: "error", pointer: "/headers" } as const;
  const hint = "write the headers as a mapping of names to values";
  const problem = jsonProblem(text);
  if (problem !== undefined) {
    const range = [problem.start, problem.end] as const;
    return [{ ...base, message: `headers are not JSON: ${problem.message}`, hint, range }];
  }
  const isObject = isJsonObject(JSON.parse(text) as Json);
  return isObject ? [] : [{ ...base, message: "headers are not a JSON object", hint }];
}

function checkHeader(name: string, value: Json): readonly EntityFinding[] {
  const base = { code: "KS1405", severity: "error", pointer: pointerTo("headers", name) } as const;
  if (!tokenPattern.test(name)) {
    return [{ ...base, message: `"${name}" cannot be the name of a header`, isAboutKey: true }];
  }
  const text = typeof value === "string" ? value : "";
  // Characters that Node's HTTP client refuses to send.
  const bad = /[^\t\u0020-\u007E\u0080-\u00FF]/u.exec(text);
  if (bad === null) return [];
  const range = [bad.index, bad.index + bad[0].length] as const;
  const what = /[\r\n]/u.test(bad[0]) ? "a line break" : "a character that cannot be sent";
  return [{ ...base, message: `header "${name}" holds ${what}`, range }];
}
