/** What the monitors of a LiteLLM's block see (docs/upstream/services.md#litellm). */
import type { ServiceClaims } from "../../claims.ts";

export const litellmClaims: ServiceClaims = {
  ran: "LiteLLM 1.108.7 without a database",
  checks: {
    health: {
      level: 1,
      asks: "GET /health/readiness, without a key",
      proves: "The proxy answers. Nothing of any provider.",
      samples: ["readiness"],
    },
    model: {
      level: 2,
      asks: "GET /v1/models, with the key",
      proves: "The key is accepted, and the configuration of the proxy names the model. Nothing of the provider.",
      samples: ["models"],
    },
    round: {
      level: 2,
      asks: "GET /health, with the key, with `backgroundChecks: true`",
      proves: "The last round of the proxy's own checks found no dead model.",
      samples: ["health"],
      cost: "nothing with background checks; without them about 20 tokens for every model of the proxy",
    },
    completion: {
      level: 3,
      asks: "POST /v1/chat/completions, with the key",
      proves: "The provider answers with the word that the model was asked for.",
      samples: ["chat"],
      cost: "about 60 tokens for each check, or up to 520 for a model that thinks first",
    },
  },
  states: [
    { id: "healthy", about: "everything works", seenBy: [], isHealthy: true },
    { id: "one-dead", about: "another model of the proxy is dead", seenBy: ["round"] },
    { id: "upstream-401", about: "the provider refuses the proxy's key (401)", seenBy: ["round", "completion"] },
    { id: "upstream-429", about: "the provider limits the rate (429)", seenBy: ["round", "completion"] },
    { id: "upstream-500", about: "the provider fails (500)", seenBy: ["round", "completion"] },
    {
      id: "upstream-502html",
      about: "a page with status 502 in front of the provider",
      seenBy: ["round", "completion"],
    },
    {
      id: "upstream-html200",
      about: "a login page with status 200 in front of the provider",
      seenBy: ["round", "completion"],
    },
    { id: "upstream-err200", about: "the provider answers an error with status 200", seenBy: ["round", "completion"] },
    { id: "upstream-empty", about: "the provider answers without choices", seenBy: ["completion"] },
    { id: "upstream-drop", about: "the provider drops the connection", seenBy: ["round", "completion"] },
    { id: "upstream-hang", about: "the provider hangs", seenBy: ["round", "completion"] },
    {
      id: "cooldown",
      about: "the proxy has set the provider aside after a failure, for 5 seconds (429)",
      seenBy: ["completion"],
      untried: ["health", "model", "round"],
    },
    { id: "upstream-gone", about: "the provider is gone", seenBy: ["round", "completion"] },
    {
      id: "background-then-401",
      about: "the provider refuses the key since the last round of background checks",
      seenBy: ["completion"],
      untried: ["model", "round"],
    },
    { id: "paused", about: "the proxy hangs", seenBy: ["health", "model", "completion"], untried: ["round"] },
  ],
  notes: [
    "`GET /health` without `model=` sends a completion to every model on every request, and answers 200 even when all of them are dead: only `unhealthy_count` in the body tells. `GET /health?model=NAME` answers 503 then, and costs one completion. Its body also holds stack traces and the provider's address.",
    "A wrong key is not always refused with 401: without a database LiteLLM answers 400 `No connected db.`, and without the Python package `prisma` 500 `Internal Server Error`. `kuma-sync doctor` tells these apart.",
    "After a failure the proxy sets a provider aside for some seconds and answers 429 `No deployments available for selected model` in its place, which is no limit of anybody's.",
    "A provider that hangs is answered with 408 after the proxy's own `request_timeout`.",
  ],
};
