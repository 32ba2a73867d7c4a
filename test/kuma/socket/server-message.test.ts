import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { serverMessage } from "../../../src/kuma/socket/server-message.ts";

/** Failed statements as 1.23.17 and 2.5.3 send them, with a place for each bound value. */
const statements: readonly (readonly [text: (value: string) => string, says: string])[] = [
  [
    (v) =>
      `insert into \`monitor\` (\`body\`, \`foo\`, \`user_id\`) values ('${v}', '${v}', 1) - SQLITE_ERROR: table monitor has no column named foo`,
    "table monitor has no column named foo: this server does not know that field",
  ],
  [
    (v) =>
      `insert into \`monitor\` (\`conditions\`, \`url\`) values (NULL, '${v}') - SQLITE_CONSTRAINT: NOT NULL constraint failed: monitor.conditions`,
    "NOT NULL constraint failed: monitor.conditions",
  ],
  [
    (v) =>
      `INSERT INTO monitor_tag (tag_id, monitor_id, value) VALUES (99, 98, '${v}') - SQLITE_CONSTRAINT: FOREIGN KEY constraint failed`,
    "FOREIGN KEY constraint failed: it refers to something that is not on the server",
  ],
  [
    (v) => `update \`monitor\` set \`basic_auth_pass\` = '${v}' where \`id\` = 4 - SQLITE_BUSY: database is locked`,
    "the database is locked",
  ],
  [
    (v) => `insert into \`monitor\` (\`name\`) values ('${v}') - Data too long for column 'name' at row 1`,
    "the value of name is too long",
  ],
  [
    (v) => `insert into \`tag\` (\`name\`) values ('${v}') - Duplicate entry '${v}' for key 'tag.name'`,
    "there is one already (name)",
  ],
  [
    (v) =>
      `insert into \`monitor\` (\`port\`) values ('${v}') - Incorrect integer value: '${v}' for column \`kuma\`.\`monitor\`.\`port\` at row 1`,
    "the value of port has the wrong type",
  ],
  [
    (v) => `insert into \`monitor\` (\`url\`) values ('${v}') - Unheard of: ${v}`,
    "the server's database refused it, for a reason that is not known here",
  ],
];

/**
 * Values that could be told apart from everything else in the text: quotes, line ends, SQL and the drivers' own words
 * included.
 */
const secret = fc
  .tuple(
    fc.string({ unit: "grapheme" }),
    fc.constantFrom("", "'", "\n", " - SQLITE_ERROR: no such table: ", "`, "),
    fc.string(),
  )
  .map(([before, middle, after]) => `«s3cr3t${before}${middle}${after}»`);

describe("serverMessage", () => {
  test("whatever values stand in the statement, none survives, and the reason does", () => {
    fc.assert(
      fc.property(secret, fc.constantFrom(...statements), (value, [text, says]) => {
        const said = serverMessage(text(value));
        expect(said).toBe(says);
        expect(said).not.toContain("s3cr3t");
      }),
    );
  });

  test("a value that ends like a reason gives no more than that reason", () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const said = serverMessage(`select * from \`user\` where x = '${value} - SQLITE_ERROR: no such table: secret'`);
        expect(said).toBe("the server's database refused it, for a reason that is not known here");
      }),
    );
  });

  test("JSON errors quote nothing of what they could not read", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (value) => {
        const broken = `{"Authorization": Bearer «s3cr3t»${value}`;
        const reason = (() => {
          try {
            return JSON.stringify(JSON.parse(broken));
          } catch (error) {
            return (error as Error).message;
          }
        })();
        for (const text of [
          reason,
          `Headers must be valid JSON: ${reason}`,
          `Invalid JSON in database query: ${reason}`,
        ]) {
          expect(serverMessage(text)).not.toMatch(/s3cr|Bearer|Authoriz/);
        }
      }),
    );
  });

  test.each([
    ["authIncorrectCreds", "the user name or the password is not right"],
    ["tagNotFound", "there is no such tag on the server"],
    ["Cannot read properties of null (reading 'user_id')", "there is no such monitor on the server"],
    ["Interval cannot be less than 20 seconds", "Interval cannot be less than 20 seconds"],
    ["\n   Unsupported proxy\u001b[31m protocol\r\n", "Unsupported proxy [31m protocol"],
    ["constructor", "constructor"],
    ["", "the server gave no reason"],
    [undefined, "the server gave no reason"],
    [{ key: "x" }, "the server gave no reason"],
  ])("%j is said as %j", (text, says) => {
    expect(serverMessage(text)).toBe(says);
  });

  test("is one line of at most 300 characters without control characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 1000 }), (text) => {
        const said = serverMessage(text);
        expect(said.length).toBeLessThanOrEqual(300);
        expect(said).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});
