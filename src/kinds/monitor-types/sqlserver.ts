import { connectionStringField, databaseQueryField, resultConditionsField } from "./database-fields.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

const connectionString =
  "Server=db.example.com,1433;Database=app;User Id=kuma;Password=${env:DB_PASSWORD};Encrypt=true;TrustServerCertificate=No";

export const sqlserver = defineMonitorType({
  type: "sqlserver",
  summary: "Queries a Microsoft SQL Server; up when the query succeeds.",
  fields: {
    databaseConnectionString: connectionStringField(connectionString),
    databaseQuery: databaseQueryField("The statement to run; without it SELECT 1.", "SELECT count(*) FROM orders"),
    conditions: resultConditionsField([2, 1, 0]),
  },
  required: ["databaseConnectionString"],
  example: { name: "Orders", type: "sqlserver", databaseConnectionString: connectionString },
});
