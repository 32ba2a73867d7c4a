import type { ServiceSigns } from "../signs.ts";

export const openTerminalSigns: ServiceSigns = {
  title: "Open Terminal",
  // It listens on 8000, as many services do.
  ports: [],
  paths: ["/files/cwd"],
  monitorTypes: [],
};
