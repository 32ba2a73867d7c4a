/**
 * The verdict of MQTT and MongoDB monitors, which use JSONata from 2.0 on. They have no operators: the text of the
 * value must equal the expected value (uptime-kuma server/monitor-types/mqtt.js, mongodb.js).
 */
import type { RuledCheck, Verdict } from "../check.ts";
import type { Evaluator } from "./evaluator.ts";

/** The verdict with the query's result and the server's message. */
type TextVerdict = Pick<Verdict, "status" | "message" | "cause"> & { readonly result: unknown };

/** A value may be missing. An object that a query of jsonata 2.2 has made has no `toString`: to ask for it throws. */
type Result = { toString(): string } | null | undefined;

/** The message must be JSON. Lists have a text too: that of `["a","b"]` is `a,b`. */
export async function judgeMessage(check: RuledCheck, evaluator: Evaluator): Promise<TextVerdict> {
  const result = (await evaluator.evaluate(check.query, JSON.parse(check.body), check.clock)) as Result;
  // V8's message quotes this expression, here and below, so it is the server's.
  if (result?.toString() === check.expected) {
    return { status: "up", message: "Message received, expected value is found", cause: "match", result };
  }
  const message = `Message received but value is not equal to expected value, value was: [${String(result)}]`;
  return { status: "down", message, cause: "mismatch", result };
}

/**
 * The result of a database command. Without a query, there only has to be a result. With a query, its value must not be
 * `false`, 0 or empty, whatever is expected.
 */
export async function judgeCommand(check: RuledCheck, evaluator: Evaluator): Promise<TextVerdict> {
  const { query, expected, clock } = check;
  let result = JSON.parse(check.body) as Result;
  if ((result as { readonly ok?: unknown } | null)?.ok !== 1) return down("MongoDB command failed", result);
  let message = "Command executed successfully";
  if (query !== null && query !== "") {
    result = (await evaluator.evaluate(query, result, clock)) as Result;
    if (!result) return down("Queried value not found.", result);
    message = "Command executed successfully and the jsonata expression produces a result.";
  }
  if (expected === null || expected === "") return { status: "up", message, cause: "match", result };
  if ((result as { toString(): string }).toString() !== expected) {
    const value = JSON.stringify(result);
    return down(`Query executed, but value is not equal to expected value, value was: [${value}]`, result);
  }
  return {
    status: "up",
    message: "Command executed successfully and expected value was found",
    cause: "match",
    result,
  };
}

function down(message: string, result: unknown): TextVerdict {
  return { status: "down", message, cause: result === undefined ? "error" : "mismatch", result };
}
