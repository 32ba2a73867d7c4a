/** What kuma-sync knows of llama.cpp's `llama-server`. */
import type { Service } from "../service.ts";
import { llamaCppProperties, makeLlamaCpp, type WrittenLlamaCpp } from "./block/llama-cpp-block.ts";
import { llamaCppClaims } from "./facts/claims.ts";
import { checkLlamaCpp } from "./rules/check-llama-cpp.ts";
import { llamaCppInstances } from "./rules/llama-cpp-requests.ts";
import { llamaCppSamples } from "./samples/llama-cpp-samples.ts";

export const service: Service = {
  block: {
    properties: llamaCppProperties,
    required: ["url"],
    example: { type: "llama-cpp", url: "http://llama:8080", apiKey: "${env:LLAMA_API_KEY}", models: ["qwen3"] },
    // The schema was checked before.
    make: (key, written) => makeLlamaCpp(key, written as unknown as WrittenLlamaCpp),
  },
  claims: llamaCppClaims,
  instances: llamaCppInstances,
  check: checkLlamaCpp,
  samples: llamaCppSamples,
};
