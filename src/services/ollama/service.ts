/** What kuma-sync knows of Ollama. */
import type { Service } from "../service.ts";
import { makeOllama, ollamaProperties, type WrittenOllama } from "./block/ollama-block.ts";
import { ollamaClaims } from "./facts/claims.ts";
import { checkOllama } from "./rules/check-ollama.ts";
import { ollamaInstances } from "./rules/ollama-requests.ts";
import { ollamaSamples } from "./samples/ollama-samples.ts";

export const service: Service = {
  block: {
    properties: ollamaProperties,
    required: ["url"],
    example: { type: "ollama", url: "http://ollama:11434", models: ["llama3.1:latest"] },
    // The schema was checked before.
    make: (key, written) => makeOllama(key, written as unknown as WrittenOllama),
  },
  claims: ollamaClaims,
  instances: ollamaInstances,
  check: checkOllama,
  samples: ollamaSamples,
};
