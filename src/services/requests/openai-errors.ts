/** Reads answers of services that answer as OpenAI does. */
import { isJsonObject, type Json } from "../../model/json.ts";
import type { ServiceAnswer } from "./ask.ts";

/** What stands under `error.message`, or the text. */
export function errorMessage(answer: ServiceAnswer): string {
  if (answer.type === "text") return answer.text;
  if (answer.type !== "json" || !isJsonObject(answer.json)) return "";
  const { error } = answer.json;
  const message = isJsonObject(error) ? error["message"] : undefined;
  return typeof message === "string" ? message : "";
}

/** The ids in the answer to `/v1/models`; undefined if it is no such list. */
export function modelIds(answer: ServiceAnswer): readonly string[] | undefined {
  if (answer.type !== "json" || answer.status !== 200 || !isJsonObject(answer.json)) return undefined;
  const data: Json | undefined = answer.json["data"];
  if (!Array.isArray(data)) return undefined;
  return (data as readonly Json[]).flatMap((item) => {
    const id = isJsonObject(item) ? item["id"] : undefined;
    return typeof id === "string" ? [id] : [];
  });
}
