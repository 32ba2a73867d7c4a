import { describe, expect, it } from "vitest";
import { makePostgres } from "../../../../src/services/postgres/block/postgres-block.ts";

function written(block: { readonly url: string; readonly replica?: boolean }): object | undefined {
  return makePostgres("orders", block).monitors[0]?.written;
}

describe("the block of a PostgreSQL", () => {
  it("limits the time, and divides by whether it can be written", () => {
    expect(written({ url: "postgres://kuma:secret@db:5432/app" })).toMatchObject({
      name: "PostgreSQL orders query",
      type: "postgres",
      databaseConnectionString:
        "postgres://kuma:secret@db:5432/app?connectionTimeoutMillis=5000&statement_timeout=5000&query_timeout=6000",
      databaseQuery: "SELECT 1/(CASE WHEN current_setting('transaction_read_only')='off' THEN 1 ELSE 0 END)",
    });
  });

  it("asks a replica for no more than a row", () => {
    expect(written({ url: "postgres://kuma:secret@db/app", replica: true })).toMatchObject({
      databaseQuery: "SELECT 1",
    });
  });

  it.each([
    ["?sslmode=require", "?sslmode=require&connectionTimeoutMillis=5000&statement_timeout=5000&query_timeout=6000"],
    ["?", "?connectionTimeoutMillis=5000&statement_timeout=5000&query_timeout=6000"],
    ["?connectionTimeoutMillis=900&", "?connectionTimeoutMillis=900&statement_timeout=5000&query_timeout=6000"],
    [
      "?query_timeout=1&statement_timeout=2&connectionTimeoutMillis=3",
      "?query_timeout=1&statement_timeout=2&connectionTimeoutMillis=3",
    ],
  ])("keeps the parameters of %s", (search, expected) => {
    expect(written({ url: `postgres://kuma:secret@db/app${search}` })).toMatchObject({
      databaseConnectionString: `postgres://kuma:secret@db/app${expected}`,
    });
  });
});
