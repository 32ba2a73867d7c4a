import { expect, test } from "vitest";
import type { MariaDbFacts } from "../../../../src/kuma/bootstrap/mariadb/mariadb-facts.ts";
import { mariaDbFault, mariaDbWarning } from "../../../../src/kuma/bootstrap/mariadb/mariadb-facts.ts";

const choice = {
  type: "mariadb",
  hostname: "db",
  port: 3306,
  dbName: "kuma",
  username: "kuma",
  password: "s3cr3t",
} as const;
const utf8mb4 = { name: "utf8mb4", bytes: 4 };
const latin1 = { name: "latin1", bytes: 1 };
const utf8mb3 = { name: "utf8mb3", bytes: 3 };

const good: MariaDbFacts = {
  isStrict: true,
  rowFormat: "dynamic",
  charset: utf8mb4,
  tables: undefined,
  missingRights: [],
};

test.each([
  ["the defaults of Uptime Kuma's own database", good],
  ["latin1 without strict mode", { ...good, charset: latin1, isStrict: false }],
  ["characters of three bytes", { ...good, charset: utf8mb3 }],
  ["compressed rows", { ...good, rowFormat: "COMPRESSED" }],
  ["compact rows without strict mode", { ...good, rowFormat: "compact", isStrict: false }],
  ["rights that cannot be seen", { ...good, missingRights: undefined }],
  ["tables that are there already", { ...good, charset: latin1, tables: latin1 }],
] as const)("no fault: %s", (_, facts) => {
  expect(mariaDbFault(facts, choice)).toBeUndefined();
});

test.each([
  ["latin1", { ...good, charset: latin1 }, /character set latin1 .* "Row size too large"/u, /utf8mb4;/u],
  ["compact rows", { ...good, rowFormat: "compact" }, /default_row_format is compact/u, /= dynamic;/u],
  ["rights", { ...good, missingRights: ["CREATE", "DROP"] }, /"kuma" lacks .*: CREATE, DROP$/u, /GRANT ALL .*`kuma`/u],
] as const)("a fault: %s", (_, facts, message, hint) => {
  const fault = mariaDbFault(facts, choice);
  expect(fault).toEqual({ message: expect.stringMatching(message), hint: expect.stringMatching(hint) });
  expect(JSON.stringify(fault)).not.toContain("s3cr3t");
});

function warningAbout(facts: MariaDbFacts): string {
  const { message = "none", hint = "" } = mariaDbWarning(facts, choice) ?? {};
  return `${message}; ${hint}`;
}

test.each([
  ["utf8mb4", good, /^none; $/u],
  ["a new database with utf8mb3", { ...good, charset: utf8mb3 }, /utf8mb3.*ALTER DATABASE `kuma`/u],
  ["tables with utf8mb3", { ...good, tables: utf8mb3 }, /utf8mb3.*KS4017/u],
  [
    "tables that a failed start left behind",
    { ...good, tables: latin1 },
    /Row size too large.*CREATE DATABASE `kuma`/u,
  ],
  ["the same without strict mode", { ...good, tables: latin1, isStrict: false }, /latin1.*KS4017/u],
] as const)("the warning about %s", (_, facts, text) => {
  expect(warningAbout(facts)).toMatch(text);
});

test("names with quotes and backticks stay inside their quotes", () => {
  const odd = { ...choice, dbName: "a`b", username: "o'k" };
  expect(mariaDbFault({ ...good, missingRights: ["DROP"] }, odd)?.hint).toContain("ON `a``b`.* TO 'o''k'@");
});
