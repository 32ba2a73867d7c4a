import type { JsonObject } from "../../src/model/json.ts";
import { keywordVerdict } from "../../src/query/keyword.ts";
import type { QueryLab } from "../../src/query/lab.ts";
import type { ClaimedAnswer } from "./claimed-answers.ts";

/** As Uptime Kuma 2.5.3 judges it; no answer in time is down. */
export async function verdictOf(
  lab: QueryLab,
  written: JsonObject,
  { answer }: Pick<ClaimedAnswer, "answer">,
): Promise<"up" | "down"> {
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
