/** What kuma-sync knows of Open WebUI's Pipelines server. */
import type { Service } from "../service.ts";
import { makePipelines, pipelinesProperties, type WrittenPipelines } from "./block/pipelines-block.ts";
import { pipelinesClaims } from "./facts/claims.ts";
import { checkPipelines } from "./rules/check-pipelines.ts";
import { pipelinesInstances } from "./rules/pipelines-requests.ts";
import { pipelinesSamples } from "./samples/pipelines-samples.ts";

export const service: Service = {
  block: {
    properties: pipelinesProperties,
    required: ["url"],
    example: {
      type: "pipelines",
      url: "http://pipelines:9099",
      apiKey: "${env:PIPELINES_API_KEY}",
      models: ["summarise"],
    },
    // The schema was checked before.
    make: (key, written) => makePipelines(key, written as unknown as WrittenPipelines),
  },
  claims: pipelinesClaims,
  instances: pipelinesInstances,
  check: checkPipelines,
  samples: pipelinesSamples,
};
