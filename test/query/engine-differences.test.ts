/**
 * What Uptime Kuma 2.5.4 changed with jsonata 2.2.2, held row by row over the engines as kuma-sync runs them: in the
 * contained process (docs/upstream/jsonata.md#uptime-kuma-254).
 */
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import type { AskingType, Judgement } from "../../src/query/check.ts";
import { openLab } from "../../src/query/lab.ts";
import { builtChild } from "./built-child.ts";

const servers = ["2.5.3", "2.5.4"] as const;
const askers = ["http", "mqtt", "mongodb"] as const;

interface Row {
  readonly query: string;
  readonly body: string;
  readonly expected: string;
  /** `up JSON query passes (…)`: the status and the message of the server's own code. */
  readonly "2.5.3": Readonly<Record<(typeof askers)[number], string>>;
  readonly "2.5.4": Readonly<Record<(typeof askers)[number], string>>;
}

const file = new URL("../vectors/engine-differences.json", import.meta.url);
const { rows } = JSON.parse(readFileSync(file, "utf8")) as { readonly rows: readonly Row[] };
// A range of millions takes long on a busy machine.
const lab = openLab({ entry: builtChild(), timeLimit: 60_000 });
afterAll(() => lab.close());

/** These quote V8 or the time of the run. */
const loose =
  /Cannot read properties|is not a function|Cannot convert object|Converting circular structure|"timestamp":|reading 'length'/u;

function said({ status, message }: Judgement, told: string): string {
  const word = loose.exec(told)?.[0];
  return word !== undefined && message.includes(word) ? told : `${status} ${message}`;
}

async function judge(row: Row, server: string, asker: (typeof askers)[number]): Promise<Judgement> {
  const askedBy: AskingType = asker === "http" ? "json-query" : asker;
  const body = asker === "mongodb" ? JSON.stringify({ ok: 1, ...(JSON.parse(row.body) as object) }) : row.body;
  const [judgement] = await lab.run([
    { askedBy, query: row.query, operator: "==", expected: row.expected, body, server },
  ]);
  return judgement as Judgement;
}

/** The contained process has no `__proto__` at all, so there jsonata 2.1.1 finds nothing. */
const isContained = ({ query }: Row, server: string): boolean => query.includes("__proto__") && server === "2.5.3";

describe.each(servers)("Uptime Kuma %s", (server) => {
  it.each(rows)("$query on $body, expecting $expected", async (row) => {
    for (const asker of askers) {
      const judgement = await judge(row, server, asker);
      const told = row[server][asker];
      const found = isContained(row, server) ? judgement.status : said(judgement, told);
      expect(found).toBe(isContained(row, server) ? "down" : told);
    }
  });
});

it("holds rows that differ, and rows that do not", () => {
  const differing = rows.filter((row) => askers.some((asker) => row["2.5.3"][asker] !== row["2.5.4"][asker]));
  const turned = rows.filter((row) => row["2.5.3"].http.slice(0, 3) !== row["2.5.4"].http.slice(0, 3));
  expect([rows.length, differing.length, turned.length]).toEqual([39, 20, 7]);
});
