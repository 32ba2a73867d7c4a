import { describe, expect, it } from "vitest";
import { readDocument } from "./documents.ts";
import { configOf, openWorkspace } from "./workspace.ts";

const password = { KUMA_SYNC_PASSWORD: "Adm1n-of-tests" };
const yaml = configOf({ api: 60 });

describe("bootstrap", () => {
  it("chooses the database and makes the administrator; a second run finds nothing to do", async () => {
    const { run, kuma } = await openWorkspace(yaml, { start: "no-database" });
    const first = await run(["bootstrap"], { env: password });
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^Set up: .*: chose the database and created administrator "admin"\.\n$/u);
    expect(kuma.chosenDatabase).toMatchObject({ type: "sqlite" });
    const second = await run(["bootstrap"], { env: password });
    expect(second.code).toBe(0);
    expect(second.stdout).toMatch(/^Nothing to do\./u);
    const json = readDocument(await run(["bootstrap", "--format", "json"], { env: password }));
    expect(json).toMatchObject({ type: "kuma-sync.bootstrap", database: "already", admin: "already" });
  });

  it("applies in the same run", async () => {
    const { run, kuma } = await openWorkspace(yaml, { start: "no-user" });
    const args = ["bootstrap", "--apply", "--auto-approve", "--format", "json"];
    const ended = await run(args, { env: { ...password, KUMA_SYNC_USERNAME: "" } });
    expect(ended.code).toBe(0);
    expect(readDocument(ended)).toMatchObject({
      admin: "created",
      apply: { type: "kuma-sync.report", result: "applied" },
    });
    expect(kuma.monitors.size).toBe(1);
  });

  it("reads a password from stdin once, for both halves of the run", async () => {
    const { run } = await openWorkspace(yaml, { start: "no-user" });
    const args = ["bootstrap", "--apply", "--auto-approve", "--password-stdin"];
    expect((await run(args, { stdin: "Adm1n-of-tests\n" })).code).toBe(0);
  });

  it("sets nothing up for a configuration that is wrong", async () => {
    const { run, kuma } = await openWorkspace("version: 1\n", { start: "no-user" });
    expect((await run(["bootstrap", "--apply", "--auto-approve"], { env: password })).code).toBe(3);
    expect(kuma.log).toEqual([]);
  });

  it("takes the account of a MariaDB, whose password is never a flag", async () => {
    const { run, kuma } = await openWorkspace(yaml, { start: "no-database" });
    const args = ["bootstrap", "--database", "mariadb", "--db-host", "db.example", "--db-username", "kuma"];
    const missing = await run(args, { env: password });
    expect(missing.code).toBe(64);
    expect(missing.stderr).toContain("KUMA_SYNC_DB_PASSWORD");
    const flags = ["--db-port", "3307", "--db-name", "uptime"];
    const ended = await run([...args, ...flags], { env: { ...password, KUMA_SYNC_DB_PASSWORD: "db-s3cret" } });
    expect(ended.code).toBe(0);
    expect(kuma.chosenDatabase).toMatchObject({
      hostname: "db.example",
      port: 3307,
      dbName: "uptime",
      username: "kuma",
    });
    expect(ended.stdout + ended.stderr).not.toContain("db-s3cret");
  });

  it("says which password is missing, and which one is too weak", async () => {
    const { run } = await openWorkspace(yaml, { start: "no-user" });
    expect((await run(["bootstrap"], { env: { KUMA_SYNC_PASSWORD: "" } })).stderr).toContain("KUMA_SYNC_PASSWORD_FILE");
    const weak = await run(["bootstrap"], { env: { KUMA_SYNC_PASSWORD: "weak" } });
    expect(weak.code).toBe(1);
    expect(weak.stderr).toContain("at least 6 characters");
  });
});
