import { referenceField, addressField } from "../field-shapes.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

export const docker = defineMonitorType({
  type: "docker",
  summary: "Asks Docker for a container; up when it runs and is healthy.",
  fields: {
    dockerContainer: addressField({
      kuma: "docker_container",
      title: "Container",
      description: "The name or id of the container.",
      examples: ["open-webui"],
    }),
    dockerHost: referenceField(
      {
        kuma: "docker_host",
        title: "Docker host",
        description: "The daemon that is asked: the key of a Docker host.",
        examples: ["local"],
      },
      "docker-host",
    ),
  },
  required: ["dockerContainer", "dockerHost"],
  example: { name: "Container", type: "docker", dockerContainer: "open-webui", dockerHost: "local" },
});
