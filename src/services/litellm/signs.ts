import type { ServiceSigns } from "../signs.ts";

export const litellmSigns: ServiceSigns = {
  title: "LiteLLM",
  ports: [4000],
  // Misspelt by LiteLLM itself, and therefore nobody else's.
  paths: ["/health/liveliness"],
  monitorTypes: [],
};
