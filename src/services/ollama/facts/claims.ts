/** What the monitors of an Ollama's block see (docs/upstream/services.md#ollama). */
import type { ServiceClaims } from "../../claims.ts";

export const ollamaClaims: ServiceClaims = {
  ran: "Ollama 0.17.4",
  checks: {
    health: {
      level: 1,
      asks: "GET /",
      proves: "The process answers. The answer is a constant.",
      samples: ["root"],
    },
    model: {
      level: 2,
      asks: "POST /api/show, with the name",
      proves: "The file with the weights is there and can be read. No GPU is used and nothing is loaded.",
      samples: ["show"],
    },
    completion: {
      level: 3,
      asks: "POST /api/chat, not streamed",
      proves: "The model can be loaded, and answers with the word that it was asked for.",
      samples: ["chat"],
      cost: "about 50 tokens for each check; it loads the model, and can push another one out of memory",
    },
  },
  states: [
    { id: "healthy", about: "everything works", seenBy: [], isHealthy: true },
    {
      id: "healthy-unloaded",
      about: "nothing is loaded yet",
      seenBy: [],
      isHealthy: true,
      untried: ["model", "completion"],
    },
    {
      id: "runner-killed",
      about: "the process that runs the model was killed: Ollama starts another",
      seenBy: [],
      isHealthy: true,
      untried: ["health", "model"],
    },
    { id: "weights-gone", about: "the file with the weights is gone", seenBy: ["model", "completion"] },
    { id: "weights-corrupt", about: "the file with the weights is corrupt", seenBy: ["model", "completion"] },
    {
      id: "weights-cut",
      about: "the file with the weights is cut off",
      seenBy: ["model", "completion"],
    },
    { id: "storage-gone", about: "the folder with all models is gone", seenBy: ["model", "completion"] },
    { id: "queue-full", about: "more requests wait than it takes", seenBy: ["completion"], untried: ["model"] },
    {
      id: "foreign-host",
      about: "it does not know the name that it is asked by, and answers 403",
      seenBy: ["health", "model", "completion"],
    },
    { id: "daemon-paused", about: "its process hangs", seenBy: ["health", "model", "completion"] },
    { id: "daemon-gone", about: "its process is gone", seenBy: ["health", "model", "completion"] },
  ],
  notes: [
    "`GET /api/tags` and `GET /v1/models` are lists of names: they name a model whose weights are gone, corrupt or cut off. Of all faults above they saw only that the whole folder was gone. That is why the block asks `/api/show`.",
    "`GET /api/ps` says what is loaded now. Empty is normal: Ollama unloads a model after five minutes. Never alarm on it.",
    'A lost weights file looks like this in a completion: `"llama3.1" does not support chat`.',
    "Ollama has no key. Asked by a name that it does not know, for example through a reverse proxy, it answers every request with 403 and an empty body, as long as it listens on loopback only. Let it listen on the network (`OLLAMA_HOST=0.0.0.0`), or let the proxy send `Host: localhost`.",
    "When the process that runs a model hangs, Ollama replaces it after about 20 seconds. A timeout under 30 seconds turns that into an alarm.",
    "Not tried: a lost GPU, too little memory, a slow disk.",
  ],
};
