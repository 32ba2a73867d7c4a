import { textField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

export const docker = defineMonitorType({
  type: "docker",
  summary: "Asks Docker for a container; up when it runs and is healthy.",
  fields: {
    dockerContainer: textField(
      {
        kuma: "docker_container",
        title: "Container",
        description: "The name or id of the container.",
        examples: ["open-webui"],
      },
      { minLength: 1 },
    ),
  },
  required: ["dockerContainer"],
  example: { name: "Container", type: "docker", dockerContainer: "open-webui" },
});
