/** What the monitors of a llama-server's block see (docs/upstream/services.md#llamacpp). */
import type { ServiceClaims } from "../../claims.ts";

export const llamaCppClaims: ServiceClaims = {
  ran: "llama.cpp's llama-server, build 11434,",
  checks: {
    health: {
      level: 1,
      asks: "GET /health, without a key",
      proves: "The process answers, and its model is loaded (with a router: nothing of its models).",
      samples: ["health"],
    },
    busy: {
      level: 2,
      asks: "GET /slots?fail_on_no_slot=1, with the key, with `busy: true`",
      proves: "A slot is free, so a request does not wait.",
      samples: ["slots-fail"],
    },
    model: {
      level: 2,
      asks: "GET /v1/models, with the key, with `router: true`",
      proves: "The router offers the model. It may be unloaded.",
      samples: ["models"],
    },
    completion: {
      level: 3,
      asks: "POST /v1/chat/completions, with the key",
      proves: "The model answers with the word that it was asked for. Without a router: whichever model is loaded.",
      samples: ["chat"],
      cost: "about 60 tokens for each check, in the queue with all others",
    },
  },
  states: [
    { id: "healthy", about: "everything works, one model", seenBy: [], isHealthy: true, untried: ["model"] },
    {
      id: "router",
      about: "everything works, with a router",
      seenBy: [],
      isHealthy: true,
      untried: ["health", "busy"],
    },
    {
      id: "router-unloaded",
      about: "a router that has nothing loaded",
      seenBy: [],
      isHealthy: true,
      untried: ["busy", "completion"],
    },
    { id: "loading", about: "the model is still loading", seenBy: ["health", "busy", "model", "completion"] },
    {
      id: "slot-busy",
      about: "the only slot is busy with an answer that does not end",
      seenBy: ["busy", "completion"],
      untried: ["model"],
    },
    {
      id: "weights-file-gone",
      about: "the file with the weights was deleted after the start: the next start fails",
      seenBy: [],
      untried: ["busy", "model"],
    },
    { id: "paused", about: "its process hangs", seenBy: ["health", "busy", "model", "completion"] },
    { id: "gone", about: "its process is gone", seenBy: ["health", "busy", "model", "completion"] },
  ],
  notes: [
    "A server of one model ignores the model's name: `no-such-model` is answered with 200. A completion does not prove which model answers.",
    "When all slots are busy, a completion is not refused: it waits in the queue. `busy: true` tells a queue from a dead model.",
    "With corrupt weights the process ends at once. Weights that are deleted later stay in memory; nothing sees that until the next start.",
    "Not tried: a lost GPU, too little memory.",
  ],
};
