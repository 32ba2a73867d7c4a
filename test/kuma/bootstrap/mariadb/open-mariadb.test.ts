/** On a real MariaDB, where this machine has one. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findMariaDb, startMariaDb } from "../../../../scripts/contract/start-mariadb.ts";
import type { MariaDb } from "../../../../scripts/contract/start-mariadb.ts";
import type { MariaDbView } from "../../../../src/kuma/bootstrap/mariadb/open-mariadb.ts";
import { openMariaDb } from "../../../../src/kuma/bootstrap/mariadb/open-mariadb.ts";

if (findMariaDb() === undefined) {
  process.stdout.write("SKIPPED test/kuma/bootstrap/mariadb/open-mariadb.test.ts: this machine has no mariadbd\n");
}

describe.skipIf(findMariaDb() === undefined)("a real MariaDB", () => {
  let mariadb: MariaDb;

  beforeAll(async () => {
    mariadb = await startMariaDb(["--character-set-server=latin1"]);
    await mariadb.run(
      "CREATE DATABASE plain",
      "CREATE DATABASE good CHARACTER SET utf8mb4",
      "CREATE TABLE good.monitor (id int) CHARACTER SET latin1",
      "CREATE USER 'kuma'@'%' IDENTIFIED BY 'p'",
      "GRANT ALL PRIVILEGES ON plain.* TO 'kuma'@'%'",
      "GRANT ALL PRIVILEGES ON good.* TO 'kuma'@'%'",
      "CREATE USER 'poor'@'%' IDENTIFIED BY 'p'",
      "GRANT SELECT, INSERT, UPDATE, DELETE ON `goo_`.* TO 'poor'@'%'",
      "CREATE USER 'roled'@'%' IDENTIFIED BY 'p'",
      "CREATE ROLE of_good",
      "GRANT SELECT ON good.* TO of_good",
      "GRANT of_good TO 'roled'@'%'",
      "SET DEFAULT ROLE of_good FOR 'roled'@'%'",
    );
  }, 120_000);
  afterAll(() => mariadb?.stop(), 120_000);

  const open = (dbName: string, username: string, password = "p"): Promise<MariaDbView | undefined> =>
    openMariaDb({ type: "mariadb", hostname: mariadb.host, port: mariadb.port, dbName, username, password });

  test("says what decides whether Uptime Kuma can use it", async () => {
    const view = await open("plain", "kuma");
    expect(view?.facts).toEqual({
      isStrict: true,
      rowFormat: "dynamic",
      charset: { name: "latin1", bytes: 1 },
      tables: undefined,
      missingRights: [],
    });
    view?.close();
  });

  test("sees tables that are there, and the rights that are not", async () => {
    const view = await open("good", "poor");
    expect(view?.facts).toMatchObject({
      charset: { name: "utf8mb4", bytes: 4 },
      tables: { name: "latin1", bytes: 1 },
      missingRights: ["CREATE", "ALTER", "DROP"],
    });
    view?.close();
    const roled = await open("good", "roled");
    expect(roled?.facts.missingRights).toBeUndefined();
    roled?.close();
  });

  test("sees the other connections of the account to the same database", async () => {
    const [view, other, elsewhere] = [
      await open("good", "kuma"),
      await open("good", "kuma"),
      await open("plain", "kuma"),
    ];
    expect(await view?.connections()).toEqual([expect.any(Number)]);
    other?.close();
    await expect.poll(() => view?.connections()).toEqual([]);
    view?.close();
    elsewhere?.close();
  });

  test("is not seen with a wrong password, a database that is missing, or where nothing listens", async () => {
    expect(await open("good", "kuma", "wrong")).toBeUndefined();
    expect(await open("missing", "kuma")).toBeUndefined();
    expect(await open("plain", "poor")).toBeUndefined();
  });
});
