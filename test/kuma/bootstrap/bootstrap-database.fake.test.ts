import { describe, expect, test } from "vitest";
import { setUpDatabase } from "../../../src/kuma/bootstrap/bootstrap-database.ts";
import type { DatabaseOptions } from "../../../src/kuma/bootstrap/bootstrap-database.ts";
import type { MariaDbFacts } from "../../../src/kuma/bootstrap/mariadb/mariadb-facts.ts";
import type { OpenMariaDb } from "../../../src/kuma/bootstrap/mariadb/open-mariadb.ts";
import { parseServerAddress } from "../../../src/kuma/server-address.ts";
import { closedAddress } from "../../fakes/strange-servers.ts";
import { failure } from "../failure.ts";
import { fakeKuma } from "../with-fake.ts";

const database = {
  type: "mariadb",
  hostname: "127.0.0.1",
  port: 3306,
  dbName: "kuma",
  username: "kuma",
  password: "db-s3cr3t",
} as const;

const fit: MariaDbFacts = {
  isStrict: true,
  rowFormat: "dynamic",
  charset: { name: "utf8mb4", bytes: 4 },
  tables: undefined,
  missingRights: [],
};
const latin1 = { name: "latin1", bytes: 1 };

/** A database with these facts; `connections` are the ids that each look finds, the last of them for ever. */
function databaseWith(facts: MariaDbFacts, ...connections: readonly (readonly number[])[]): OpenMariaDb {
  const rest = [...connections];
  return async () => ({
    facts,
    connections: async () => (rest.length > 1 ? rest.shift() : rest[0]),
    close: () => undefined,
  });
}

const unseen: OpenMariaDb = async () => undefined;

function options(url: string, changes: Partial<DatabaseOptions> = {}): DatabaseOptions {
  return {
    address: parseServerAddress(url),
    database,
    deadline: performance.now() + 20_000,
    openDatabase: unseen,
    ...changes,
  };
}

/** A server that ends as soon as it has its database. */
async function endingServer(): Promise<{ readonly url: string; readonly onProgress: (text: string) => void }> {
  const fake = await fakeKuma({ start: "no-database" });
  const onProgress = (text: string): void => {
    if (text.startsWith("waiting for the server to restart")) void fake.close();
  };
  return { url: fake.url, onProgress };
}

describe("before the wizard is answered", () => {
  test("a database that would end the server is refused, and the wizard stays open", async () => {
    const fake = await fakeKuma({ start: "no-database" });
    const openDatabase = databaseWith({ ...fit, charset: latin1 });
    const error = await failure(setUpDatabase(options(fake.url, { openDatabase })));
    expect(error).toMatchObject({ code: "rejected", message: expect.stringContaining("Row size too large") });
    expect(fake.chosenDatabase).toBeUndefined();
  });

  test("a database that loses characters is warned of and used", async () => {
    const fake = await fakeKuma({ start: "no-database" });
    const notices: string[] = [];
    const openDatabase = databaseWith({ ...fit, charset: { name: "utf8mb3", bytes: 3 } }, []);
    await setUpDatabase(options(fake.url, { openDatabase, onNotice: (text) => notices.push(text) }));
    expect(notices).toEqual([expect.stringContaining("utf8mb3")]);
    expect(fake.chosenDatabase).toEqual(database);
  });

  test("a database that cannot be seen from here is left to the server", async () => {
    const fake = await fakeKuma({ start: "no-database" });
    expect(await setUpDatabase(options(fake.url))).toBe("set-up");
  });
});

describe("after the wizard", () => {
  test("a server that ends is noticed by its connections to the database", async () => {
    const { url, onProgress } = await endingServer();
    const openDatabase = databaseWith(fit, [1], [1, 2], []);
    const error = await failure(setUpDatabase(options(url, { openDatabase, onProgress })));
    expect(error).toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("has ended while it made its tables"),
      hint: expect.stringMatching(/its log says why .*"Row size too large".*docs\/mariadb\.md/u),
    });
  });

  test("a long silence is told once, and the end of the time names the log", async () => {
    const { url, onProgress } = await endingServer();
    const notices: string[] = [];
    const deadline = performance.now() + 2000;
    const onNotice = (text: string): void => void notices.push(text);
    const error = await failure(setUpDatabase(options(url, { deadline, onProgress, onNotice, silenceMs: 0 })));
    expect(notices).toEqual([expect.stringContaining("If it has ended, its log says why")]);
    expect(error.message).toContain("took the database and did not come back in time: nothing listens there");
    expect(error).toMatchObject({ hint: expect.stringContaining("docs/mariadb.md") });
  });

  test("with SQLite the log is named too, and MariaDB is not", async () => {
    const { url, onProgress } = await endingServer();
    const deadline = performance.now() + 2000;
    const sqlite = { database: { type: "sqlite" }, deadline, onProgress } as const;
    const error = await failure(setUpDatabase(options(url, sqlite)));
    expect(error).toMatchObject({ hint: "its log says why (docker logs, journalctl); --timeout waits longer" });
  });
});

test("a server that ends at each start, because of tables of an earlier one, is explained", async () => {
  const openDatabase = databaseWith({ ...fit, tables: latin1 });
  const deadline = performance.now() + 300;
  const error = await failure(setUpDatabase(options(await closedAddress(), { openDatabase, deadline })));
  expect(error).toMatchObject({ code: "unreachable", hint: expect.stringContaining("has tables with the character") });
});
