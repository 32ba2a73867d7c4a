/**
 * What our client says where the server's database refuses a write. The refusal is the same on both kinds of database, its
 * words are the driver's (`src/kuma/socket/server-message.ts` keeps what can be shown of them).
 */

export type Database = "sqlite" | "mariadb";

interface Refusals {
  /** A reference to something that is not there. */
  readonly unknownReference: RegExp;
  /** A value that something else has already. */
  taken(column: string): RegExp;
  /** A column that must have a value and was given none. */
  missing(column: string): RegExp;
  /** A column that the table does not have. */
  unknownField(column: string): RegExp;
}

const refusals: Readonly<Record<Database, Refusals>> = {
  sqlite: {
    unknownReference: /FOREIGN KEY constraint failed: it refers to something that is not on the server$/u,
    taken: (column) => new RegExp(`UNIQUE constraint failed: \\w+\\.${column}$`, "u"),
    missing: (column) => new RegExp(`NOT NULL constraint failed: \\w+\\.${column}$`, "u"),
    unknownField: (column) => new RegExp(`table \\w+ has no column named ${column}: `, "u"),
  },
  mariadb: {
    unknownReference: /a foreign key constraint fails: it refers to something that is not on the server$/u,
    // Says the index, which is named after table and column.
    taken: (column) => new RegExp(`there is one already \\(\\w+_${column}_unique\\)$`, "u"),
    missing: (column) => new RegExp(`: ${column} is missing$`, "u"),
    unknownField: (column) => new RegExp(`the server does not know the field ${column}$`, "u"),
  },
};

export function refusalsOf(database: Database): Refusals {
  return refusals[database];
}
