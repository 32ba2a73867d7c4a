import type { ServiceSigns } from "../signs.ts";

export const ollamaSigns: ServiceSigns = {
  title: "Ollama",
  ports: [11_434],
  // Open WebUI passes some of them on, below /ollama; its own rules are about those.
  paths: ["/api/tags", "/api/show", "/api/ps"],
  monitorTypes: [],
};
