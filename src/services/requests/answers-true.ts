import type { Json } from "../../model/json.ts";
import { loadEngine } from "../../query/engines.ts";

/** Whether a query of ours gives `true` for an answer, as in the monitor that has the query. */
export async function answersTrue(query: string, json: Json): Promise<boolean> {
  const engine = await loadEngine("2.1.1");
  try {
    return (await engine(query).evaluate(json, {})) === true;
  } catch {
    return false;
  }
}
