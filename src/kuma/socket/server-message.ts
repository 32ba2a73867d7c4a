/**
 * Makes the text of a server error safe to show. A failed SQL statement is returned whole, with its values: URLs,
 * passwords, tokens (docs/upstream/uptime-kuma.md#error-messages); and a JSON error quotes what it could not parse.
 * Secrets cannot be recognised in such a text, so all of it is dropped except a known reason at its end.
 */

import { withoutUrlCredentials } from "../../secrets/url-credentials.ts";
import { clip } from "../../model/clip.ts";

/** Identifiers of the schema; anything else in their place is not shown. */
const id = String.raw`[A-Za-z_][A-Za-z0-9_]{0,63}`;

/** The reasons of database drivers. Groups only capture identifiers; values in a reason are left out. */
const reasons: readonly (readonly [pattern: RegExp, say: (...ids: readonly string[]) => string])[] = [
  [
    /FOREIGN KEY constraint failed$/,
    () => "FOREIGN KEY constraint failed: it refers to something that is not on the server",
  ],
  [new RegExp(`NOT NULL constraint failed: (${id}\\.${id})$`), (column) => `NOT NULL constraint failed: ${column}`],
  [new RegExp(`UNIQUE constraint failed: (${id}\\.${id})$`), (column) => `UNIQUE constraint failed: ${column}`],
  [
    new RegExp(`table (${id}) has no column named (${id})$`),
    (table, column) => `table ${table} has no column named ${column}: this server does not know that field`,
  ],
  [new RegExp(`no such (table|column): (${id})$`), (what, name) => `no such ${what}: ${name}`],
  [/database is locked$/, () => "the database is locked"],
  [/database or disk is full$/, () => "the server's disk is full"],
  [/attempt to write a readonly database$/, () => "the server's database is read-only"],
  [/database disk image is malformed$/, () => "the server's database is damaged"],
  [/disk I\/O error$/, () => "the server's disk failed"],
  [/datatype mismatch$/, () => "datatype mismatch"],
  [/string or blob too big$/, () => "a value is too big for the database"],
  [new RegExp(`Unknown column '(${id})' in '`), (column) => `the server does not know the field ${column}`],
  [new RegExp(`Column '(${id})' cannot be null$`), (column) => `${column} cannot be null`],
  [new RegExp(`Field '(${id})' doesn't have a default value$`), (column) => `${column} is missing`],
  [new RegExp(`Data too long for column '(${id})' at row \\d+$`), (column) => `the value of ${column} is too long`],
  [
    new RegExp(`Incorrect [a-z ]+ value: .* for column .*\`(${id})\` at row \\d+$`, "s"),
    (column) => `the value of ${column} has the wrong type`,
  ],
  [
    new RegExp(`Out of range value for column '(${id})' at row \\d+$`),
    (column) => `the value of ${column} is out of range`,
  ],
  [
    /Cannot add or update a child row: a foreign key constraint fails \(.*\)$/s,
    () => "a foreign key constraint fails: it refers to something that is not on the server",
  ],
  [new RegExp(`Duplicate entry '.*' for key '(?:${id}\\.)?(${id})'$`, "s"), (key) => `there is one already (${key})`],
  [/Lock wait timeout exceeded; try restarting transaction$/, () => "the database is locked"],
  [/Deadlock found when trying to get lock; try restarting transaction$/, () => "the database is locked"],
];

const sql =
  /\b(?:insert\s+(?:or\s+\w+\s+|ignore\s+)?into|replace\s+into|update\s.+\sset|delete\s+from|select\s.+\sfrom)\b|\b(?:SQLITE|ER)_[A-Z]+/is;

/** Messages of the server, in English or as translation keys of 2.x, in plain words. */
const known: Readonly<Record<string, string>> = {
  authIncorrectCreds: "the user name or the password is not right",
  authInvalidToken: "the token is not valid",
  authUserInactiveOrDeleted: "the user is inactive or deleted",
  passwordTooWeak: "the password is too weak",
  tagNotFound: "there is no such tag on the server",
  "Tag not found": "there is no such tag on the server",
  "notification not found": "there is no such notification on the server",
  "proxy not found": "there is no such proxy on the server",
  "You do not own this monitor.": "there is no such monitor on the server, or it belongs to another user",
  "Cannot read properties of null (reading 'user_id')": "there is no such monitor on the server",
  "Cannot read properties of null (reading 'id')": "there is no such monitor on the server",
  "Cannot read properties of null (reading 'toJSON')": "there is no such monitor on the server",
  "Cannot read properties of undefined (reading 'every')": "accepted_statuscodes is missing",
  "You are not logged in.": "the server has logged this connection out",
  "Invalid Monitor Group": "a group cannot be inside one of its own members",
};

/** Values may follow these beginnings and are cut off. */
const quoting =
  /^(Headers must be valid JSON|Invalid JSON in database query|Body must be valid JSON|Invalid JSON)\b.*$/is;
const jsonError = /is not valid JSON|^Unexpected (?:token|end of|non-whitespace|number|string)|in JSON at position/i;

const maxLength = 300;

/** One line, no SQL, no control characters, no password or token of an address, at most 300 characters. */
export function serverMessage(text: unknown): string {
  if (typeof text !== "string" || text.trim() === "") return "the server gave no reason";
  const explained = Object.hasOwn(known, text) ? known[text] : undefined;
  if (explained !== undefined) return explained;
  for (const [pattern, say] of reasons) {
    const match = pattern.exec(text);
    if (match !== null) return say(...match.slice(1).map(String));
  }
  if (sql.test(text)) return "the server's database refused it, for a reason that is not known here";
  const start = quoting.exec(text)?.[1];
  if (start !== undefined) return start;
  if (jsonError.test(text)) return "something that must be JSON is not";
  const line = withoutUrlCredentials(text)
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
    .trim();
  return clip(line, maxLength);
}
