import type { ServiceSigns } from "../signs.ts";

export const llamaCppSigns: ServiceSigns = {
  title: "llama.cpp",
  // It listens on 8080, as half of all web services do.
  ports: [],
  paths: ["/slots"],
  monitorTypes: [],
};
