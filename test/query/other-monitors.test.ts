/** Queries of monitors that are no HTTP monitors; the messages are those of the server's own code. */
import { afterAll, describe, expect, it } from "vitest";
import type { AskingType } from "../../src/query/check.ts";
import { searchDocuments } from "../../src/query/experiment/search-documents.ts";
import { openLab } from "../../src/query/lab.ts";
import { lintQuery } from "../../src/query/lint/lint-query.ts";
import { loadText } from "../config/load-text.ts";
import { builtChild } from "./built-child.ts";

const lab = openLab({ entry: builtChild() });
afterAll(() => lab.close());

type Row = readonly [query: string, body: string, expected: string | null, status: "up" | "down", message: string];

const mqtt: readonly Row[] = [
  ["temp", '{"temp":20}', "20", "up", "Message received, expected value is found"],
  ["temp", '{"temp":21}', "20", "down", "Message received but value is not equal to expected value, value was: [21]"],
  [
    "gone",
    '{"temp":20}',
    "20",
    "down",
    "Message received but value is not equal to expected value, value was: [undefined]",
  ],
  ["list", '{"list":["a","b"]}', "a,b", "up", "Message received, expected value is found"],
  ["$", '{"a":1}', "[object Object]", "up", "Message received, expected value is found"],
  ["$", "online", "online", "down", "is not valid JSON"],
];

const mongodb: readonly Row[] = [
  ["ok", '{"ok":1}', "1", "up", "Command executed successfully and expected value was found"],
  ["users", '{"ok":1,"users":3}', null, "up", "the jsonata expression produces a result."],
  [
    "users",
    '{"ok":1,"users":3}',
    "4",
    "down",
    "Query executed, but value is not equal to expected value, value was: [3]",
  ],
  ["users = 4", '{"ok":1,"users":3}', "false", "down", "Queried value not found."],
  ["gone", '{"ok":1}', null, "down", "Queried value not found."],
  ["", '{"ok":1}', null, "up", "Command executed successfully"],
  ["users", '{"ok":0,"users":3}', "3", "down", "MongoDB command failed"],
];

describe.each([
  ["mqtt", mqtt],
  ["mongodb", mongodb],
] as const)("the verdict of %s", (askedBy: AskingType, rows: readonly Row[]) => {
  it.each(rows)("for %s on %s, expecting %s, is %4$s", async (query, body, expected, status, message) => {
    // An operator, which these monitors do not have, changes nothing.
    for (const operator of ["==", null, "!="]) {
      const [judgement] = await lab.run([{ askedBy, query, operator, expected, body, server: "2.5.3" }]);
      expect(judgement).toMatchObject({ status, message: expect.stringContaining(message) });
    }
  });
});

async function codes(monitor: object): Promise<readonly string[]> {
  const { findings } = await loadText(JSON.stringify({ version: 1, project: "p", monitors: { it: monitor } }));
  return findings.map(({ code, severity }) => `${severity} ${code}`);
}

describe("the lint", () => {
  const broker = { type: "mqtt", hostname: "broker", port: 1883, mqttTopic: "t" };
  const database = { type: "mongodb", databaseConnectionString: "mongodb://db/app" };

  it.each([
    [
      "compares lists as text",
      { ...broker, mqttCheckType: "json-query", jsonPath: "[a, b]", expectedValue: "1,2" },
      [],
    ],
    ["wants an expected value", { ...broker, mqttCheckType: "json-query", jsonPath: "a" }, ["error KS1503"]],
    ["knows that a keyword compares no query", { ...broker, jsonPath: "a" }, []],
    ["knows that a value need only be there", { ...database, jsonPath: "users" }, []],
    [
      "knows what MongoDB monitors take for nothing",
      { ...database, jsonPath: "users", expectedValue: "0" },
      ["error KS1509"],
    ],
    ["reads the query of both", { ...database, jsonPath: "users[" }, ["error KS1500"]],
  ])("%s", async (_, monitor, expected) => {
    expect(await codes(monitor)).toEqual(expected);
  });

  it("says of none that 2.x would not compare its list", async () => {
    const input = { text: "[a, b]", operator: null, expected: "1,2", servers: ["2.5.3"] };
    expect(await lintQuery({ ...input, askedBy: "mqtt" })).toEqual([]);
    expect(await lintQuery({ ...input, operator: "==" })).not.toEqual([]);
  });
});

describe("the search for documents", () => {
  it.each(["mqtt", "mongodb"] as const)("finds one for each verdict of %s", async (askedBy) => {
    const rule = { askedBy, query: "$count(users)", operator: null, expected: "2" };
    const found = await searchDocuments(lab, { ...rule, server: "2.5.3", clock: 0 });
    expect(found.findings).toEqual([]);
    expect(found.passing).toBeDefined();
  });
});
