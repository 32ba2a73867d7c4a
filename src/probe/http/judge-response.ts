import { keywordVerdict } from "../../query/keyword.ts";
import { verdict, type QueryLab } from "../../query/lab.ts";
import { whyNotJson } from "../../query/not-json.ts";
import type { JsonObject } from "../../model/json.ts";
import type { CheckResult } from "../check-result.ts";
import { textIn } from "../monitor-row.ts";
import type { HttpType } from "./http-monitor.ts";
import { statusLine, type HttpResponse } from "./response.ts";

export interface JudgeOptions {
  readonly type: HttpType;
  /** The row of the monitor. */
  readonly row: JsonObject;
  /** The Uptime Kuma version that judges. */
  readonly version: string;
  readonly lab: QueryLab;
}

/** The verdict on a response with an accepted status. */
export async function judgeResponse(
  response: HttpResponse,
  { type, row, version, lab }: JudgeOptions,
): Promise<Pick<CheckResult, "isPassed" | "message" | "query" | "hiddenCause">> {
  const answer = { body: response.body, contentType: response.contentType ?? "", statusLine: statusLine(response) };
  switch (type) {
    case "http":
      return { isPassed: true, message: answer.statusLine };
    case "keyword": {
      const isInverted = row["invertKeyword"] === true;
      const { status, message } = keywordVerdict({ ...answer, keyword: textIn(row, "keyword"), isInverted });
      return { isPassed: status === "up", message };
    }
    case "json-query": {
      const rule = {
        query: textIn(row, "jsonPath"),
        operator: textIn(row, "jsonPathOperator"),
        expected: textIn(row, "expectedValue"),
      };
      const query = await verdict(lab, { ...answer, ...rule, server: version });
      const isFailed = query.status === "down" && query.cause === "error";
      const notJson = isFailed ? whyNotJson(response.body) : undefined;
      return {
        isPassed: query.status === "up",
        message: query.message,
        query,
        ...(notJson === undefined ? {} : { hiddenCause: `the response is not JSON: ${notJson.what}` }),
      };
    }
    default:
      return type satisfies never;
  }
}
