/** What kuma-sync knows of mcpo, the proxy that gives MCP tools to Open WebUI. */
import type { Service } from "../service.ts";
import { makeMcpo, mcpoProperties, type WrittenMcpo } from "./block/mcpo-block.ts";
import { mcpoClaims } from "./facts/claims.ts";
import { checkMcpo } from "./rules/check-mcpo.ts";
import { mcpoInstances } from "./rules/mcpo-requests.ts";
import { mcpoSamples } from "./samples/mcpo-samples.ts";

export const service: Service = {
  block: {
    properties: mcpoProperties,
    required: ["url"],
    example: {
      type: "mcpo",
      url: "http://mcpo:8000",
      apiKey: "${env:MCPO_API_KEY}",
      servers: {
        time: { tools: [{ name: "get_current_time", arguments: { timezone: "UTC" }, expect: "$exists(datetime)" }] },
      },
    },
    // The schema was checked before.
    make: (key, written) => makeMcpo(key, written as unknown as WrittenMcpo),
  },
  claims: mcpoClaims,
  instances: mcpoInstances,
  check: checkMcpo,
  samples: mcpoSamples,
};
