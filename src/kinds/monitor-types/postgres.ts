import { connectionStringField, databaseQueryField } from "./database-fields.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

const connectionString = "postgres://kuma:${env:DB_PASSWORD}@db.example.com:5432/app";

export const postgres = defineMonitorType({
  type: "postgres",
  summary: "Queries a PostgreSQL database; up when the query succeeds.",
  fields: {
    databaseConnectionString: connectionStringField(connectionString),
    databaseQuery: databaseQueryField("The statement to run; without it SELECT 1.", "SELECT count(*) FROM orders"),
  },
  required: ["databaseConnectionString"],
  example: { name: "Orders", type: "postgres", databaseConnectionString: connectionString },
});
