import { expect, it } from "vitest";
import { judgedQuery } from "../../../../src/services/postgres/rules/judged-query.ts";

it.each([
  "SELECT false",
  "select TRUE;",
  "SELECT count(*) > 0 FROM orders",
  "SELECT count(*) > 0 AS ok FROM orders WHERE paid",
  "SELECT NOT pg_is_in_recovery()",
  "SELECT EXISTS (SELECT 1 FROM orders)",
  "SELECT max(at) > now() - interval '5 min' FROM beats",
  "SELECT CASE WHEN count(*) > 0 THEN 1 ELSE 0 END FROM orders",
  "-- are there any?\nSELECT count(*) = 0\nFROM failures",
  "WITH late AS (SELECT 1 FROM jobs WHERE late) SELECT count(*) = 0 FROM late",
  "(SELECT 1 = 2)",
])("gives a condition: %s", (query) => {
  expect(judgedQuery(query)).toBe("condition");
});

it.each([
  "SELECT 1 WHERE false",
  "SELECT 1 FROM jobs WHERE at > now() - interval '5 min'",
  "SELECT id FROM t GROUP BY id HAVING count(*) > 5",
  "SELECT * FROM pg_stat_replication WHERE state = 'streaming' LIMIT 1",
])("gives rows or none: %s", (query) => {
  expect(judgedQuery(query)).toBe("rows");
});

it.each(["SELECT count(*) FROM jobs WHERE late", "select Count(id) from jobs where late limit 1"])(
  "counts: %s",
  (query) => {
    expect(judgedQuery(query)).toBe("count");
  },
);

it.each([
  "SELECT 1",
  "SELECT data->>'state' FROM jobs",
  "SELECT data #>> '{a,b}' FROM jobs",
  "SELECT 1;",
  "",
  "select now()",
  "SELECT version() -- where > 5",
  "SELECT count(*) FROM orders",
  "SELECT count(*) FROM orders AS o JOIN items AS i ON i.o = o.id",
  "SELECT 'is it true?'",
  'SELECT "where" FROM "and"',
  "SELECT 1 FROM (SELECT id FROM orders WHERE paid) AS paid",
  "SELECT 1/(CASE WHEN current_setting('transaction_read_only')='off' THEN 1 ELSE 0 END)",
  "SELECT 1 / count(*) FROM jobs WHERE at > now() - interval '5 min'",
  "SELECT CASE WHEN count(*) > 0 THEN 1 ELSE 'down'::int END FROM orders",
  "SELECT CASE WHEN count(*) > 0 THEN 1 ELSE CAST('down' AS int) END FROM orders",
  "SELECT raise_if(count(*) = 0) FROM orders WHERE paid",
  "UPDATE beats SET at = now() WHERE id = 1",
  "INSERT INTO beats SELECT 1 WHERE true",
  "SELECT 1 FROM orders WHERE id = 1 FOR UPDATE",
  "CALL check_orders(true)",
  "EXPLAIN SELECT 1 WHERE false",
])("is not judged: %s", (query) => {
  expect(judgedQuery(query)).toBeUndefined();
});
