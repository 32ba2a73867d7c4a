/**
 * Level 2 asks two questions. May the account use the model? /api/models answers that, but from 0.10.0 on also lists
 * models while every provider is down. Does its provider run? On every release, the routes that ask the provider for
 * its list answer that (docs/upstream/open-webui.md#when-providers-are-down).
 */
import type { JsonObject } from "../../../model/json.ts";
import { queryMonitor, textLiteral, withKey, type AskedService, type MadeMonitor } from "../../blocks/made-monitor.ts";
import type { WatchedModel } from "./watched-model.ts";

/** A provider that does not answer delays the list by 11 s, and each request asks every provider. */
const patience = { interval: 300, timeout: 30, maxRetries: 1, retryInterval: 60 } as const;

const lists = {
  openai: { title: "OpenAI-type providers", path: "/openai/models", listed: (id: string) => `data[id=${id}]` },
  ollama: { title: "Ollama", path: "/ollama/api/tags", listed: (id: string) => `models[model=${id}]` },
} as const;

export function modelMonitors(block: AskedService, watched: readonly WatchedModel[]): readonly MadeMonitor[] {
  return watched.map((model) =>
    queryMonitor({
      block,
      key: `model.${model.key}`,
      title: `model ${model.id}`,
      path: "/api/models",
      query: existsQuery([`data[id=${textLiteral(model.id)}]`]),
      fields: keyed(block),
      origins: { ...keyOrigin, "": model.at, "/jsonPath": model.at },
    }),
  );
}

/** One request for all models of a kind of provider, so that more models cost no more requests. */
export function providerMonitors(block: AskedService, watched: readonly WatchedModel[]): readonly MadeMonitor[] {
  return (["openai", "ollama"] as const).flatMap((provider) => {
    const { title, path, listed } = lists[provider];
    const models = watched.filter((model) => model.provider === provider);
    const [first] = models;
    if (first === undefined) return [];
    const query = existsQuery(models.map((model: WatchedModel) => listed(textLiteral(model.id))));
    const origins = { ...keyOrigin, "": first.at, "/jsonPath": "/models" };
    return [queryMonitor({ block, key: `provider.${provider}`, title, path, query, fields: keyed(block), origins })];
  });
}

const keyOrigin = { "/headers": "/apiKey" } as const;

function keyed(block: AskedService): JsonObject {
  return { ...withKey(block), ...patience };
}

function existsQuery(paths: readonly string[]): string {
  return paths.map((path) => `$exists(${path})`).join(" and ");
}
