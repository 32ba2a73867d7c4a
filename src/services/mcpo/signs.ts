import type { ServiceSigns } from "../signs.ts";

export const mcpoSigns: ServiceSigns = {
  title: "mcpo",
  // Its port and its paths are those of many services: it is known by its blocks alone.
  ports: [],
  paths: [],
  monitorTypes: [],
};
