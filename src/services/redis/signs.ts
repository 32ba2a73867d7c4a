import type { ServiceSigns } from "../signs.ts";

export const redisSigns: ServiceSigns = {
  title: "Redis",
  // It does not speak HTTP, so no address of a web service is about it.
  ports: [],
  paths: [],
  monitorTypes: ["redis"],
};
