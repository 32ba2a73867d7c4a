import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../../src/model/json.ts";
import { expandBlock } from "../../../../src/services/blocks/expand-block.ts";
import { checkPostgres } from "../../../../src/services/postgres/rules/check-postgres.ts";
import { service } from "../../../../src/services/postgres/service.ts";

const base = "postgres://kuma:hidden@db.example/app";

function problems(fields: JsonObject): readonly string[] {
  const found = checkPostgres({ db: { type: "postgres", databaseConnectionString: base, ...fields } });
  expect(JSON.stringify(found)).not.toMatch(/hidden|db\.example/u);
  return found.map(({ code, pointer, message }) => `${code} ${pointer}: ${message}`);
}

const forever = "the monitor stays up for ever when PostgreSQL hangs";

describe("the rules of PostgreSQL", () => {
  it.each([
    ["", forever],
    ["?sslmode=require", forever],
    ["?connect_timeout=5", `connect_timeout is ignored, so ${forever}`],
    ["?connectionTimeoutMillis=0", forever],
    ["?connectiontimeoutmillis=5000", forever],
    ["?statement_timeout=5000&query_timeout=6000", forever],
  ])("warn of no time limit: %s", (search, message) => {
    expect(problems({ databaseConnectionString: base + search })).toEqual([
      `KS1824 /db/databaseConnectionString: ${message}`,
    ]);
  });

  const limited = `${base}?sslmode=require&connectionTimeoutMillis=5000`;

  it("are silent for a monitor with a time limit, and for other types", () => {
    expect(problems({ databaseConnectionString: limited })).toEqual([]);
    expect(checkPostgres({ other: { type: "mysql", databaseConnectionString: "mysql://a:b@c/d" } })).toEqual([]);
  });

  it.each([
    ["SELECT false", "the result of the query is not looked at: false is up"],
    ["SELECT 1 WHERE false", "the result of the query is not looked at: no rows are up"],
    ["SELECT count(*) FROM jobs WHERE late", "the result of the query is not looked at: a count of 0 is up"],
  ])("warn of %s", (databaseQuery, message) => {
    expect(problems({ databaseConnectionString: limited, databaseQuery })).toEqual([
      `KS1825 /db/databaseQuery: ${message}`,
    ]);
  });

  it.each([false, true])("say nothing of a block's monitor (replica: %s)", (replica) => {
    const { monitors } = expandBlock(service, "db", { url: base, replica });
    const all = Object.fromEntries(Object.entries(monitors).map(([key, { written }]) => [key, written]));
    expect(checkPostgres(all)).toEqual([]);
  });
});
