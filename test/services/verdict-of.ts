import type { JsonObject } from "../../src/model/json.ts";
import { keywordVerdict } from "../../src/query/keyword.ts";
import type { QueryLab } from "../../src/query/lab.ts";
import type { ClaimedAnswer, RecordedVerdict } from "./claimed-answers.ts";

/** As Uptime Kuma 2.5.3 judges it; no answer in time is down, for the types that have a time limit. */
export async function verdictOf(
  lab: QueryLab,
  written: JsonObject,
  { answer, recorded }: Pick<ClaimedAnswer, "answer" | "recorded">,
): Promise<"up" | "down"> {
  if (recorded !== undefined) return recordedVerdict(written, recorded);
  const { type, acceptedStatusCodes, keyword, jsonPath, expectedValue } = written;
  if (answer === undefined || !(acceptedStatusCodes as readonly number[]).includes(answer.status)) return "down";
  if (type === "http") return "up";
  if (type === "keyword") return keywordVerdict({ ...answer, keyword: keyword as string, isInverted: false }).status;
  const check = {
    query: jsonPath as string,
    operator: "==",
    expected: expectedValue as string,
    server: "2.5.3",
  } as const;
  const [outcome] = await lab.run([{ ...check, ...answer }]);
  return outcome?.status === "up" ? "up" : "down";
}

/** A check that never ends writes no heartbeat, so its monitor stays up. */
function recordedVerdict(written: JsonObject, { verdict, needs = "" }: RecordedVerdict): "up" | "down" {
  const asked = [written["databaseConnectionString"], written["databaseQuery"]];
  const isSame = asked.some((text) => typeof text === "string" && text.includes(needs));
  return verdict === "DOWN" && isSame ? "down" : "up";
}
