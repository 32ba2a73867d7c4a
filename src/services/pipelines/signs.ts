import type { ServiceSigns } from "../signs.ts";

export const pipelinesSigns: ServiceSigns = {
  title: "Pipelines",
  ports: [9099],
  paths: ["/v1/pipelines"],
  monitorTypes: [],
};
