import type { MariaDbChoice } from "../database-choice.ts";
import { create, grant } from "./mariadb-facts.ts";

/**
 * What to do about the server's reason for refusing a database, which is that of its MariaDB client
 * (docs/upstream/uptime-kuma.md#mariadb).
 */
export function mariaDbRefusalHint(reason: string, choice: MariaDbChoice): string {
  if (/Unknown database|Access denied for user .* to database/iu.test(reason)) {
    return `create the database and give the account its rights: ${create(choice)} ${grant(choice)}`;
  }
  if (/Access denied for user|is not allowed to connect/iu.test(reason)) {
    return "check --db-username and KUMA_SYNC_DB_PASSWORD, and that the account may log in from the host that the message names";
  }
  if (/\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)\b/u.test(reason)) {
    return "check that MariaDB runs; --db-host and --db-port are its address as Uptime Kuma sees it, so in a container 127.0.0.1 is that container";
  }
  return "check the host, the port, the name of the database and the account";
}
