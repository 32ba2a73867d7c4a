import { trimmedText } from "../codecs/text.ts";
import { connectionStringField, databaseQueryField, resultConditionsField } from "./database-fields.ts";
import { defineMonitorType } from "./define-monitor-type.ts";
import { httpAuthFields } from "./http-auth-fields.ts";

const { basicAuthUser, basicAuthPass } = httpAuthFields;

export const oracledb = defineMonitorType({
  type: "oracledb",
  summary: "Queries an Oracle database; up when the query succeeds.",
  since: [2, 3, 0],
  fields: {
    databaseConnectionString: connectionStringField("db.example.com:1521/FREEPDB1"),
    // The form removes surrounding white space for this type only (EditMonitor.vue `submit`).
    basicAuthUser: {
      ...basicAuthUser,
      codec: trimmedText,
      schema: { ...basicAuthUser.schema, description: "The database user." },
    },
    basicAuthPass: {
      ...basicAuthPass,
      codec: trimmedText,
      schema: { ...basicAuthPass.schema, description: "The user's password." },
    },
    databaseQuery: databaseQueryField(
      "The statement to run; without it SELECT 1 FROM DUAL.",
      "SELECT count(*) FROM orders",
    ),
    conditions: resultConditionsField([2, 3, 0]),
  },
  required: ["databaseConnectionString", "basicAuthUser", "basicAuthPass"],
  example: {
    name: "Ledger",
    type: "oracledb",
    databaseConnectionString: "db.example.com:1521/FREEPDB1",
    basicAuthUser: "kuma",
    basicAuthPass: "${env:DB_PASSWORD}",
  },
});
