/** What decides whether Uptime Kuma can make its tables in a MariaDB database (docs/upstream/uptime-kuma.md#mariadb). Pure. */
import type { MariaDbChoice } from "../database-choice.ts";

export interface MariaDbFacts {
  /** `innodb_strict_mode`: a table whose rows may become too large is refused. */
  readonly isStrict: boolean;
  /** `innodb_default_row_format`: `dynamic`, `compact`, `redundant` or `compressed`. */
  readonly rowFormat: string;
  /** What new tables of the database get. */
  readonly charset: Charset;
  /** Of the table `monitor`; undefined if there is none yet. */
  readonly tables: Charset | undefined;
  /** What the account may not do with the database; undefined if that cannot be seen. */
  readonly missingRights: readonly string[] | undefined;
}

export interface Charset {
  readonly name: string;
  /** The most bytes that one character takes. */
  readonly bytes: number;
}

/** Without any of these but DELETE, 2.5.3 ends while it makes its tables; DELETE it needs later. */
export const neededRights = ["SELECT", "INSERT", "UPDATE", "DELETE", "CREATE", "ALTER", "DROP"] as const;

/** One sentence about what is wrong, and what to do. */
export interface MariaDbProblem {
  readonly message: string;
  readonly hint: string;
}

/** Why Uptime Kuma would end while it makes its tables; undefined if no reason is seen. */
export function mariaDbFault(facts: MariaDbFacts, choice: MariaDbChoice): MariaDbProblem | undefined {
  const { isStrict, rowFormat, charset, tables, missingRights = [] } = facts;
  if (missingRights.length > 0) {
    return {
      message: `${nameOf(choice)}: the account "${choice.username}" lacks rights that Uptime Kuma needs: ${missingRights.join(", ")}`,
      hint: `run ${grant(choice)}`,
    };
  }
  // Tables that are there already may have every column that this release needs.
  if (!isStrict || tables !== undefined) return undefined;
  if (!isLongTextStoredApart(rowFormat)) {
    return {
      message: `${nameOf(choice)}: innodb_default_row_format is ${rowFormat} and innodb_strict_mode is on, so Uptime Kuma would end with "Row size too large"`,
      hint: `run SET GLOBAL innodb_default_row_format = dynamic; and set it in the configuration of MariaDB (${page})`,
    };
  }
  if (isRowTooLarge(charset)) {
    return {
      message: `${nameOf(choice)} has the character set ${charset.name} and innodb_strict_mode is on, so Uptime Kuma would end with "Row size too large"`,
      hint: `${convert(choice)} (${page})`,
    };
  }
  return undefined;
}

/** What will work, but worse than it should; undefined if nothing is seen. */
export function mariaDbWarning(facts: MariaDbFacts, choice: MariaDbChoice): MariaDbProblem | undefined {
  const { isStrict, charset, tables } = facts;
  if (tables !== undefined && isStrict && isRowTooLarge(tables)) {
    return {
      message: `${nameOf(choice)} has tables with the character set ${tables.name}, and innodb_strict_mode is on: if Uptime Kuma 2.1 or later adds a column, it ends with "Row size too large"`,
      hint: `if they hold nothing, drop the database and create it again: ${create(choice)} (${page})`,
    };
  }
  const stored = tables ?? charset;
  if (stored.name === "utf8mb4") return undefined;
  return {
    message: `${nameOf(choice)} has the character set ${stored.name}, so MariaDB replaces characters that it cannot hold with "?"`,
    hint: tables === undefined ? convert(choice) : "kuma-sync explain KS4017 says how to convert it",
  };
}

/**
 * InnoDB stores a VARCHAR outside the row only if it can take more than 255 bytes. Uptime Kuma's many VARCHAR(255) fill
 * the row in a character set of one byte, and no other.
 */
function isRowTooLarge({ bytes }: Charset): boolean {
  return bytes === 1;
}

function isLongTextStoredApart(rowFormat: string): boolean {
  return /^(?:dynamic|compressed)$/iu.test(rowFormat);
}

const page = "docs/mariadb.md";

function nameOf({ dbName, hostname, port }: MariaDbChoice): string {
  return `the database "${dbName}" on ${hostname}:${port}`;
}

function convert({ dbName }: MariaDbChoice): string {
  return `before Uptime Kuma makes its tables, run ALTER DATABASE ${quoted(dbName)} CHARACTER SET utf8mb4;`;
}

export function create({ dbName }: MariaDbChoice): string {
  return `CREATE DATABASE ${quoted(dbName)} CHARACTER SET utf8mb4;`;
}

export function grant({ dbName, username }: MariaDbChoice): string {
  return `GRANT ALL PRIVILEGES ON ${quoted(dbName)}.* TO '${username.replaceAll("'", "''")}'@'%';`;
}

function quoted(name: string): string {
  return `\`${name.replaceAll("`", "``")}\``;
}
