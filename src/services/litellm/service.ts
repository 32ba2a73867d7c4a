/** What kuma-sync knows of the LiteLLM proxy. */
import type { Service } from "../service.ts";
import { litellmProperties, makeLitellm, type WrittenLitellm } from "./block/litellm-block.ts";
import { litellmClaims } from "./facts/claims.ts";
import { checkLitellm } from "./rules/check-litellm.ts";
import { litellmInstances } from "./rules/litellm-requests.ts";
import { litellmSamples } from "./samples/litellm-samples.ts";

export const service: Service = {
  block: {
    properties: litellmProperties,
    required: ["url"],
    example: {
      type: "litellm",
      url: "http://litellm:4000",
      apiKey: "${env:LITELLM_API_KEY}",
      models: ["gpt-4o-mini"],
    },
    // The schema was checked before.
    make: (key, written) => makeLitellm(key, written as unknown as WrittenLitellm),
  },
  claims: litellmClaims,
  instances: litellmInstances,
  check: checkLitellm,
  samples: litellmSamples,
};
