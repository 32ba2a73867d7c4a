import type { ServiceSigns } from "../signs.ts";

export const chromaSigns: ServiceSigns = {
  title: "Chroma",
  // It listens on 8000, as many services do.
  ports: [],
  paths: ["/api/v2/heartbeat", "/api/v1/heartbeat", "/api/v2/healthcheck", "/collections_count"],
  monitorTypes: [],
};
