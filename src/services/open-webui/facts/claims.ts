/** What the monitors of an Open WebUI's block see (docs/upstream/open-webui.md#when-providers-are-down). */
import type { ServiceClaims } from "../../claims.ts";
import { newestTestedOpenWebUI } from "./facts-by-release.ts";

export const openWebUIClaims: ServiceClaims = {
  ran: `Open WebUI 0.11.0 and ${newestTestedOpenWebUI}`,
  checks: {
    health: {
      level: 1,
      asks: "GET /health",
      proves: "The process answers. The answer is a constant.",
      samples: ["health"],
    },
    ready: {
      level: 2,
      asks: "GET /ready, with `ready: true`",
      proves: "It has started, and its database and Redis answer.",
      samples: ["ready"],
    },
    database: {
      level: 2,
      asks: "GET /health/db, with `database: true`",
      proves: "Its database answers. With SQLite it stays up without the file.",
      samples: ["database"],
    },
    volume: {
      level: 2,
      asks: "GET /api/config, with `volume: true`",
      proves: "It still has its users.",
      samples: ["volume"],
    },
    model: {
      level: 2,
      asks: "GET /api/models, with the key",
      proves: "The account may use the model.",
      samples: ["model"],
    },
    provider: {
      level: 2,
      asks: "GET /openai/models or /ollama/api/tags, with the key",
      proves: "The provider lists its models to Open WebUI now.",
      samples: ["provider"],
    },
    completion: {
      level: 3,
      asks: "POST /api/chat/completions, with the key",
      proves: "The model answers with the word that it was asked for.",
      samples: ["completion"],
      cost: "about 20 tokens for each check, or up to 512 for a model that thinks first",
    },
  },
  states: [
    { id: "healthy", about: "everything works", seenBy: [], isHealthy: true },
    {
      id: "provider-down",
      about: "a provider is down, before 0.10.0",
      seenBy: ["model", "provider", "completion"],
      untried: ["ready", "database", "volume"],
    },
    {
      id: "provider-down-stale-list",
      about: "every provider is down, from 0.10.0 on",
      seenBy: ["provider", "completion"],
      untried: ["ready", "database", "volume"],
    },
    {
      id: "provider-down-manual-ids",
      about: "a provider is down whose models are written in Open WebUI's connection",
      seenBy: ["completion"],
      untried: ["ready", "database", "volume"],
    },
    {
      id: "database-down",
      about: "the database does not answer",
      seenBy: ["ready", "database", "model", "provider", "completion"],
      untried: ["volume"],
    },
    {
      id: "redis-down",
      about: "Redis does not answer",
      seenBy: ["ready"],
      untried: ["database", "volume", "model", "provider", "completion"],
    },
    {
      id: "volume-gone",
      about: "the volume is gone, and it asks for its first user",
      seenBy: ["volume", "model", "provider", "completion"],
      untried: ["ready", "database"],
    },
    {
      id: "key-unknown",
      about: "the key was replaced by another",
      seenBy: ["model", "provider", "completion"],
      untried: ["ready", "database", "volume"],
    },
    {
      id: "model-not-granted",
      about: "the account may not read the model any more",
      seenBy: ["model", "completion"],
      untried: ["ready", "database", "volume", "provider"],
    },
  ],
  notes: [
    "More about the levels: [three levels](../open-webui/three-levels.md). Every recorded answer and what each monitor shows for it: [verdicts](../open-webui-verdicts.md).",
  ],
};
