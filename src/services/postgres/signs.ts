import type { ServiceSigns } from "../signs.ts";

export const postgresSigns: ServiceSigns = {
  title: "PostgreSQL",
  // It does not speak HTTP, so no address of a web service is about it.
  ports: [],
  paths: [],
  monitorTypes: ["postgres"],
};
