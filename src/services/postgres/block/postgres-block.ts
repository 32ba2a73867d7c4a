/** The short block of a PostgreSQL, and the monitor that it stands for (docs/upstream/services.md#postgresql). */
import type { JsonObject } from "../../../model/json.ts";
import { blockName } from "../../blocks/base-url.ts";
import type { CommonKeys } from "../../blocks/common-keys.ts";
import { connectionStringSchema, withParameters } from "../../blocks/connection-string.ts";
import type { MadeBlock } from "../../service.ts";

/** As the user writes it, after interpolation and valid by its schema. */
export interface WrittenPostgres extends CommonKeys {
  readonly url: string;
  readonly replica?: boolean;
}

export const postgresProperties: Readonly<Record<string, JsonObject>> = {
  url: connectionStringSchema(
    "PostgreSQL",
    "[Pp][Oo][Ss][Tt][Gg][Rr][Ee][Ss]([Qq][Ll])?",
    "postgres://kuma:${env:DB_PASSWORD}@postgres:5432/app",
  ),
  replica: {
    type: "boolean",
    default: false,
    title: "Replica",
    description: "It is a replica, which can only be read. Otherwise one that can only be read is down.",
  },
};

/** Milliseconds. The type `postgres` has no time limit of its own; with these names its client has. */
const limits = { connectionTimeoutMillis: "5000", statement_timeout: "5000", query_timeout: "6000" };

/** Divides by zero when nothing can be written: the monitor sees errors alone, and not the result. */
const writableQuery = "SELECT 1/(CASE WHEN current_setting('transaction_read_only')='off' THEN 1 ELSE 0 END)";

export function makePostgres(key: string, { url, name: given, replica }: WrittenPostgres): MadeBlock {
  const name = blockName("PostgreSQL", key, given);
  const written = {
    name: `${name} query`,
    type: "postgres",
    databaseConnectionString: withParameters(url, limits),
    databaseQuery: replica === true ? "SELECT 1" : writableQuery,
    interval: 60,
    maxRetries: 2,
    retryInterval: 60,
  };
  const origins = { "/databaseConnectionString": "/url", "/name": "/name", "/databaseQuery": "/replica" };
  return { name, monitors: [{ key: "query", written, origins }], problems: [] };
}
