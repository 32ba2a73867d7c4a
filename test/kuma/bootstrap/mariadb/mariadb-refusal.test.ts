import { expect, test } from "vitest";
import { mariaDbRefusalHint } from "../../../../src/kuma/bootstrap/mariadb/mariadb-refusal.ts";

const choice = {
  type: "mariadb",
  hostname: "db",
  port: 3306,
  dbName: "kuma",
  username: "kuma",
  password: "s3cr3t",
} as const;

/** What 2.5.3 answered on MariaDB 10.11, behind "Cannot connect to the database: ". */
test.each([
  ["Access denied for user 'kuma'@'localhost' (using password: YES)", /KUMA_SYNC_DB_PASSWORD/u],
  ["Host '172.18.0.3' is not allowed to connect to this MariaDB server", /log in from the host/u],
  ["Access denied for user 'kuma'@'%' to database 'kuma'", /CREATE DATABASE `kuma`.* GRANT ALL .*'kuma'@/u],
  ["Unknown database 'kuma'", /CREATE DATABASE `kuma` CHARACTER SET utf8mb4;/u],
  ["connect ECONNREFUSED 127.0.0.1:3306", /in a container 127\.0\.0\.1 is that container/u],
  ["getaddrinfo ENOTFOUND db", /as Uptime Kuma sees it/u],
  ["Too many connections", /^check the host, the port/u],
])("%s", (reason, hint) => {
  expect(mariaDbRefusalHint(`Cannot connect to the database: ${reason}`, choice)).toMatch(hint);
});
