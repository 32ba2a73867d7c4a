import { parseJson } from "../../model/json.ts";
import { isJsonObject } from "../../model/json.ts";
import type { ResultType, Verdict } from "../check.ts";

const causes: readonly unknown[] = ["match", "mismatch", "error"] satisfies readonly Verdict["cause"][];
const resultTypes: readonly unknown[] = "string number boolean null array object function undefined".split(" ");

/**
 * The verdict in a line of the evaluation process, or undefined if the line does not answer check number `check`. The
 * process runs untrusted expressions, so its answers are validated.
 */
export function readAnswer(line: string, check: number): Verdict | undefined {
  const answer = parseJson(line);
  if (!isJsonObject(answer) || answer["check"] !== check) return undefined;
  const { verdict } = answer;
  if (verdict === undefined || !isJsonObject(verdict)) return undefined;
  const { status, message, cause, resultType, value } = verdict;
  if ((status !== "up" && status !== "down") || typeof message !== "string" || !causes.includes(cause))
    return undefined;
  if (resultType !== undefined && !resultTypes.includes(resultType)) return undefined;
  return {
    status,
    message,
    cause: cause as Verdict["cause"],
    ...(resultType !== undefined && { resultType: resultType as ResultType }),
    ...(value !== undefined && { value }),
  };
}
