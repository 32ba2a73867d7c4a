import type { ServiceSigns } from "../signs.ts";

export const openWebUISigns: ServiceSigns = {
  title: "Open WebUI",
  ports: [],
  paths: [
    "/api/chat/completions",
    "/api/models",
    "/api/v1/chat/completions",
    "/openai/models",
    "/ollama/api/tags",
    "/ollama/api/version",
  ],
  monitorTypes: [],
};
