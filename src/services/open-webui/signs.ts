import type { ServiceSigns } from "../signs.ts";

const lists = ["/openai/models", "/ollama/api/tags", "/ollama/api/version"] as const;
/** Of one connection, by its number. */
const numbered = lists.flatMap((path) => Array.from({ length: 10 }, (_, number) => `${path}/${number}`));

export const openWebUISigns: ServiceSigns = {
  title: "Open WebUI",
  ports: [],
  paths: ["/api/chat/completions", "/api/models", "/api/v1/chat/completions", ...lists, ...numbered],
  monitorTypes: [],
};
