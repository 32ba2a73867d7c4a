/** What the monitors of an mcpo's block see (docs/upstream/services.md#mcpo). */
import type { ServiceClaims } from "../../claims.ts";

export const mcpoClaims: ServiceClaims = {
  ran: "mcpo 0.0.20, in front of one tool server,",
  checks: {
    health: {
      level: 1,
      asks: "GET /openapi.json, with the key if `strictAuth` is on",
      proves: "The process answers.",
      samples: ["openapi"],
    },
    server: {
      level: 2,
      asks: "GET /SERVER/openapi.json, with the key if `strictAuth` is on",
      proves: "The tool server was there when mcpo started, and has tools.",
      samples: ["time-openapi"],
    },
    tool: {
      level: 3,
      asks: "POST /SERVER/TOOL, with the key",
      proves: "The tool answers.",
      samples: ["tool"],
      cost: "one call of the tool",
    },
  },
  states: [
    { id: "healthy", about: "everything works", seenBy: [], isHealthy: true },
    { id: "tool-paused", about: "the process of the tool hangs", seenBy: ["tool"] },
    {
      id: "tool-killed",
      about: "the process of the tool was killed: mcpo starts it again",
      seenBy: [],
      isHealthy: true,
    },
    {
      id: "tool-cannot-start",
      about: "the process of the tool was killed and cannot start again",
      seenBy: ["tool"],
    },
    {
      id: "failed-at-start",
      about: "the tool server failed when mcpo started",
      seenBy: ["server", "tool"],
      untried: ["health"],
    },
    { id: "paused", about: "mcpo hangs", seenBy: ["health", "server", "tool"] },
    { id: "gone", about: "mcpo is gone", seenBy: ["health", "server", "tool"] },
  ],
  notes: [
    "`openapi.json` is a photograph of the start: a tool that cannot run any more is still listed. Only a call proves a tool.",
    "Call something harmless that answers the same every time. A wrong argument is answered with 500 as a broken tool is.",
    "With `--strict-auth` the documentation needs the key too. Without a key a call gets 401, with a wrong one 403.",
  ],
};
