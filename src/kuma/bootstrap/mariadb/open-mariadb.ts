/**
 * A look at the database from this machine, with the account that Uptime Kuma gets. It reads, and sends nothing else than
 * Uptime Kuma itself would. The database may only be reachable from the server (decision 29).
 */
import type { Connection, RowDataPacket } from "mysql2/promise";
import type { MariaDbChoice } from "../database-choice.ts";
import { neededRights, type MariaDbFacts } from "./mariadb-facts.ts";

export interface MariaDbView {
  readonly facts: MariaDbFacts;
  /**
   * The ids of the connections that this account has to this database now, but for our own; they grow with time. Undefined
   * if the database does not answer.
   */
  connections(): Promise<readonly number[] | undefined>;
  close(): void;
}

export type OpenMariaDb = (choice: MariaDbChoice) => Promise<MariaDbView | undefined>;

/** Milliseconds. A database in the same network answers in a few; more would hold up everybody else. */
const timeoutMs = 3000;

/** MySQL's ways to log in, which without TLS hand the password to whoever answers. MariaDB has none of them. */
const authPlugins = { sha256_password: refuse, caching_sha2_password: refuse };

function refuse(): never {
  throw new Error("this way to log in is not used");
}

/** Undefined if this machine cannot log in there; the server may still be able to. */
export const openMariaDb: OpenMariaDb = async (choice) => {
  const { createConnection } = await import("mysql2/promise");
  let connection: Connection | undefined;
  try {
    const { hostname: host, port, username: user, password, dbName: database } = choice;
    connection = await createConnection({
      host,
      port,
      user,
      password,
      database,
      authPlugins,
      connectTimeout: timeoutMs,
    });
    // Without a listener, a connection that is cut later would end the process.
    connection.on("error", () => undefined);
    const facts = await readFacts(connection);
    const opened = connection;
    return { facts, connections: () => connectionsOf(opened), close: () => opened.destroy() };
  } catch {
    connection?.destroy();
    return undefined;
  }
};

async function readFacts(connection: Connection): Promise<MariaDbFacts> {
  const [row] = await rowsOf(
    connection,
    `SELECT @@innodb_strict_mode AS isStrict, @@innodb_default_row_format AS rowFormat,
       c.CHARACTER_SET_NAME AS charset, c.MAXLEN AS bytes, t.charset AS tablesCharset, t.bytes AS tablesBytes
     FROM information_schema.SCHEMATA s
     JOIN information_schema.CHARACTER_SETS c ON c.CHARACTER_SET_NAME = s.DEFAULT_CHARACTER_SET_NAME
     LEFT JOIN (
       SELECT c.CHARACTER_SET_NAME AS charset, c.MAXLEN AS bytes FROM information_schema.TABLES t
       JOIN information_schema.CHARACTER_SETS c ON t.TABLE_COLLATION LIKE CONCAT(c.CHARACTER_SET_NAME, '\\_%')
       WHERE t.TABLE_SCHEMA = DATABASE() AND t.TABLE_NAME = 'monitor'
     ) t ON TRUE
     WHERE s.SCHEMA_NAME = DATABASE()`,
  );
  const text = (name: string): string => {
    const value = row?.[name];
    return typeof value === "string" || typeof value === "number" ? String(value) : "";
  };
  return {
    isStrict: text("isStrict") === "1",
    rowFormat: text("rowFormat"),
    charset: { name: text("charset"), bytes: Number(text("bytes")) },
    tables:
      text("tablesCharset") === "" ? undefined : { name: text("tablesCharset"), bytes: Number(text("tablesBytes")) },
    missingRights: await missingRights(connection),
  };
}

/** Undefined if the account has roles, whose rights these tables do not show. */
async function missingRights(connection: Connection): Promise<readonly string[] | undefined> {
  const roles = await rowsOf(connection, "SELECT ROLE_NAME FROM information_schema.APPLICABLE_ROLES");
  if (roles.length > 0) return undefined;
  const granted = await rowsOf(
    connection,
    `SELECT p.PRIVILEGE_TYPE AS name FROM (
       SELECT GRANTEE, PRIVILEGE_TYPE, '%' AS TABLE_SCHEMA FROM information_schema.USER_PRIVILEGES
       UNION SELECT GRANTEE, PRIVILEGE_TYPE, TABLE_SCHEMA FROM information_schema.SCHEMA_PRIVILEGES
     ) p
     WHERE DATABASE() LIKE p.TABLE_SCHEMA
       AND p.GRANTEE = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')`,
  );
  const names = new Set(granted.map(({ name }) => String(name)));
  return neededRights.filter((right) => !names.has(right));
}

async function connectionsOf(connection: Connection): Promise<readonly number[] | undefined> {
  try {
    const rows = await rowsOf(
      connection,
      `SELECT ID AS id FROM information_schema.PROCESSLIST
       WHERE ID <> CONNECTION_ID() AND USER = SUBSTRING_INDEX(USER(), '@', 1) AND DB = DATABASE()`,
    );
    return rows.map(({ id }) => Number(id));
  } catch {
    return undefined;
  }
}

async function rowsOf(connection: Connection, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const [rows] = await connection.query<RowDataPacket[]>({ sql, timeout: timeoutMs });
  return rows;
}
