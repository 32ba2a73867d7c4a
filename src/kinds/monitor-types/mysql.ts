import { textField } from "../field-shapes.ts";
import { connectionStringField, databaseQueryField, resultConditionsField } from "./database-fields.ts";
import { defineMonitorType } from "./define-monitor-type.ts";

const connectionString = "mysql://kuma@db.example.com:3306/app";

export const mysql = defineMonitorType({
  type: "mysql",
  summary: "Queries a MySQL or MariaDB database; up when the query succeeds.",
  fields: {
    databaseConnectionString: connectionStringField(connectionString),
    // The server stores the passwords of three types in one column, which is named after RADIUS.
    radiusPassword: textField({
      title: "Database password",
      description: "The password of the database user; without it the one in the connection string counts.",
      examples: ["${env:DB_PASSWORD}"],
      isSensitive: true,
    }),
    databaseQuery: databaseQueryField("The statement to run; without it SELECT 1.", "SELECT count(*) FROM orders"),
    conditions: resultConditionsField([2, 1, 0]),
  },
  required: ["databaseConnectionString"],
  example: {
    name: "Orders",
    type: "mysql",
    databaseConnectionString: connectionString,
    radiusPassword: "${env:DB_PASSWORD}",
  },
});
