/**
 * The monitors of an Open WebUI, on three levels: Open WebUI itself, the models and their providers, and completions.
 */
import type { JsonObject } from "../../../model/json.ts";
import { baseUrl, blockName } from "../../blocks/base-url.ts";
import type { AskedService } from "../../blocks/made-monitor.ts";
import type { MadeBlock } from "../../service.ts";
import { completionMonitors } from "./level-completions.ts";
import { healthMonitors } from "./level-health.ts";
import { modelMonitors, providerMonitors } from "./level-models.ts";
import { readModels, requestProblems } from "./read-block.ts";
import type { WrittenOpenWebUI } from "./written.ts";

export function makeOpenWebUI(key: string, written: WrittenOpenWebUI): MadeBlock {
  const named = readModels(key, written.models ?? []);
  const block: AskedService = {
    name: blockName("Open WebUI", key, written.name),
    url: baseUrl(written.url),
    headers: keyHeaders(written),
  };
  const models = written.apiKey === undefined ? [] : named.models;
  return {
    name: block.name,
    monitors: [
      ...healthMonitors(block, written),
      ...modelMonitors(block, models),
      ...providerMonitors(block, models),
      ...completionMonitors(block, models, written.completions),
    ],
    problems: [...named.problems, ...requestProblems(written, named.models)],
  };
}

/**
 * In the usual header the key follows `Bearer`; any other header holds only the key
 * (docs/upstream/open-webui.md#api-keys).
 */
function keyHeaders({ apiKey, apiKeyHeader = "Authorization" }: WrittenOpenWebUI): JsonObject | undefined {
  if (apiKey === undefined) return undefined;
  return { [apiKeyHeader]: apiKeyHeader.toLowerCase() === "authorization" ? `Bearer ${apiKey}` : apiKey };
}
