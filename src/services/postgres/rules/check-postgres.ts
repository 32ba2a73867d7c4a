/** Outages that monitors of a PostgreSQL would miss (docs/upstream/services.md#postgresql). */
import { pointerTo, type JsonObject } from "../../../model/json.ts";
import { holdsPlaceholder, placeholderPattern } from "../../../secrets/placeholder.ts";
import { stringParameters } from "../../blocks/connection-string.ts";
import { placeOf } from "../../monitors/place-of.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { WrittenMonitors } from "../../service.ts";
import { judgedQuery, type Judged } from "./judged-query.ts";

export function checkPostgres(monitors: WrittenMonitors): readonly ServiceProblem[] {
  return Object.entries(monitors).flatMap(([key, written]) =>
    written["type"] === "postgres"
      ? [...noTimeLimit(written), ...resultMatters(written)].map((problem) => ({
          ...problem,
          pointer: pointerTo(key) + problem.pointer,
        }))
      : [],
  );
}

/** Whether a value that was not read may bring parameters: one at the end, or among them. */
function mayHoldMore(text: string): boolean {
  return (
    new RegExp(`(?:${placeholderPattern.source})$`, "u").test(text) || holdsPlaceholder(/\?.*/su.exec(text)?.[0] ?? "")
  );
}

function noTimeLimit(written: JsonObject): readonly ServiceProblem[] {
  const { databaseConnectionString: text } = written;
  if (typeof text !== "string" || mayHoldMore(text)) return [];
  const parameters = stringParameters(text);
  if (Number(parameters.get("connectionTimeoutMillis") ?? 0) > 0) return [];
  const ignored = parameters.has("connect_timeout") ? "connect_timeout is ignored, so " : "";
  return [
    {
      code: "KS1824",
      severity: "warning",
      message: `${ignored}the monitor stays up for ever when PostgreSQL hangs`,
      pointer: placeOf({ written }, "databaseConnectionString"),
      hint: "add ?connectionTimeoutMillis=5000&statement_timeout=5000&query_timeout=6000 to the connection string",
      why: "this type has no time limit of its own",
      quotesNothing: true,
    },
  ];
}

const judgedWords: Readonly<Record<Judged, { readonly what: string; readonly hint: string }>> = {
  condition: { what: "false is up", hint: "SELECT 1/(CASE WHEN condition THEN 1 ELSE 0 END)" },
  rows: { what: "no rows are up", hint: "SELECT 1/count(*)" },
  count: { what: "a count of 0 is up", hint: "SELECT 1/count(*)" },
};

function resultMatters(written: JsonObject): readonly ServiceProblem[] {
  const { databaseQuery: query } = written;
  if (typeof query !== "string" || holdsPlaceholder(query)) return [];
  const judged = judgedQuery(query);
  if (judged === undefined) return [];
  const { what, hint } = judgedWords[judged];
  return [
    {
      code: "KS1825",
      severity: "warning",
      message: `the result of the query is not looked at: ${what}`,
      pointer: placeOf({ written }, "databaseQuery"),
      hint: `divide by it: ${hint}`,
      why: "only an error is down",
      quotesNothing: true,
    },
  ];
}
