/** What the monitors of a Pipelines' block see (docs/upstream/services.md#pipelines). */
import type { ServiceClaims } from "../../claims.ts";

export const pipelinesClaims: ServiceClaims = {
  ran: "Open WebUI Pipelines in a third party's package of 2025, 0.1.0, no official release,",
  checks: {
    health: { level: 1, asks: "GET /, without a key", proves: "The process answers: a constant.", samples: ["root"] },
    pipeline: {
      level: 2,
      asks: "GET /v1/models, with the key",
      proves: "The key works, and the module was imported.",
      samples: ["models"],
    },
    completion: {
      level: 3,
      asks: "POST /v1/chat/completions, with the key",
      proves: "The module answers with the word that it was asked for. Not the key: it is answered without one too.",
      samples: ["chat"],
      cost: "what the module does for an answer, such as about 60 tokens",
    },
  },
  states: [
    { id: "healthy", about: "everything works", seenBy: [], isHealthy: true },
    {
      id: "module-failed",
      about: "the module failed to import: its file is moved to a folder `failed`",
      seenBy: ["pipeline", "completion"],
    },
    { id: "module-throws", about: "the module throws", seenBy: ["completion"] },
    { id: "paused", about: "its process hangs", seenBy: ["health", "pipeline", "completion"] },
    { id: "gone", about: "its process is gone", seenBy: ["health", "pipeline", "completion"] },
  ],
  notes: [
    "The server answers completions without a key. Do not make it reachable from outside.",
    "The package that was run is not an official release. Check the monitors once against your image: take a module away, and see them go down.",
  ],
};
