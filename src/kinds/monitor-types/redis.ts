import { fieldsSince } from "../field-shapes.ts";
import { connectionStringField } from "./database-fields.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { httpFields } from "./http-fields.ts";

const connectionString = "redis://:${env:REDIS_PASSWORD}@cache.example.com:6379";

export const redis = defineMonitorType({
  type: "redis",
  summary: "Pings a Redis server.",
  fields: {
    databaseConnectionString: connectionStringField(connectionString),
    ...fieldsSince([2, 0, 0], { ignoreTls: httpFields.ignoreTls }),
  },
  required: ["databaseConnectionString"],
  example: { name: "Cache", type: "redis", databaseConnectionString: connectionString },
});
