import { fieldsSince } from "../field-shapes.ts";
import { connectionStringField, databaseQueryField } from "./database-fields.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { jsonPathField, jsonPathQuery, optionalExpectedValueField } from "./json-query-fields.ts";

const connectionString = "mongodb://kuma:${env:DB_PASSWORD}@db.example.com:27017/app";

export const mongodb = defineMonitorType({
  type: "mongodb",
  summary: "Runs a command on a MongoDB database; up when it succeeds and gives what is expected.",
  fields: {
    databaseConnectionString: connectionStringField(connectionString),
    // 1.23 has the columns, but always sends a ping.
    ...fieldsSince([2, 0, 0], {
      databaseQuery: databaseQueryField(
        'The command to run, as the text of a JSON object; without it {"ping": 1}.',
        '{"serverStatus": 1}',
        // Kept as text although it is JSON, because its first key is the command.
        { pattern: String.raw`^\s*\{[\s\S]*\}\s*$` },
      ),
      jsonPath: jsonPathField,
      expectedValue: optionalExpectedValueField,
    }),
  },
  required: ["databaseConnectionString"],
  example: {
    name: "Sessions",
    type: "mongodb",
    databaseConnectionString: connectionString,
  },
  queries: jsonPathQuery,
});
