/** `sample:` and `tests:` with what came beside the body, and bodies that are not JSON. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";
import { describe, expect, it, onTestFinished } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { readDocument } from "../commands/documents.ts";
import { runMain } from "../commands/fake-context.ts";

interface Said {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly hint?: string;
}

/** What `test` finds about one monitor. */
async function test(monitor: JsonObject): Promise<readonly Said[]> {
  const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const api = { name: "It", url: "https://a.example/health", ...monitor };
  writeFileSync(join(cwd, "monitors.yaml"), stringify({ version: 1, project: "shop", monitors: { api } }));
  const document = readDocument(await runMain(["test", "--format", "json"], { cwd }));
  const monitors = (document["monitors"] ?? []) as unknown as readonly { readonly findings: readonly Said[] }[];
  return monitors.flatMap(({ findings }) => findings).filter(({ severity }) => severity !== "info");
}

const json = { type: "json-query", headers: { Accept: "application/json" }, jsonPath: "status", expectedValue: "ok" };

describe("what came beside the body", () => {
  it("holds where the server would say the same", async () => {
    const tests = [
      { status: 503, expect: "down" },
      { status: 201, body: { status: "ok" }, expect: "up" },
      // HTTP has no body there, whatever is written.
      { status: 204, body: { status: "ok" }, expect: "down" },
      { url: "/login", body: "<h1>Sign in</h1>", expect: "down" },
      { url: "/health/", body: { status: "ok" }, expect: "up" },
    ];
    expect(await test({ ...json, tests })).toEqual([]);
  });

  it("is judged for http monitors, whatever the body is", async () => {
    const tests = [
      { name: "gone", status: 410, expect: "up" },
      { name: "moved", url: "/login", expect: "up" },
      { name: "fine", body: "anything", expect: "up" },
    ];
    const found = await test({ type: "http", maxRedirects: 0, acceptedStatusCodes: [200], tests });
    expect(found.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'KS1551 "gone" should be up and is down',
      'KS1551 "moved" should be up and is down',
    ]);
  });

  it("is turned round by upsideDown", async () => {
    expect(await test({ type: "http", upsideDown: true, tests: [{ status: 503, expect: "up" }] })).toEqual([]);
  });

  it("shows that a sample can never be up", async () => {
    const found = await test({ ...json, sample: { status: 401, body: { status: "ok" } } });
    expect(found).toMatchObject([
      { code: "KS1504", message: expect.stringContaining("does not accept its status") as string },
    ]);
    const moved = await test({ type: "http", maxRedirects: 0, sample: { url: "/home" } });
    expect(moved).toMatchObject([{ code: "KS1504", message: expect.stringContaining("redirect") as string }]);
  });
});

describe("a body that is not JSON", () => {
  it.each([
    ['{"status":"ok"}\n{"status":"ok"}\n', "NDJSON"],
    [')]}\'\n{"status":"ok"}', ")]}' stands before the JSON"],
  ])("%j as a sample is named", async (body, what) => {
    const found = await test({ ...json, sample: { body } });
    expect(found).toMatchObject([
      { code: "KS1553", severity: "error", message: expect.stringContaining(what) as string },
    ]);
  });

  it("is named where a test fails for it", async () => {
    const found = await test({ ...json, tests: [{ body: ')]}\'\n{"status":"ok"}', expect: "up" }] });
    expect(found).toMatchObject([
      { code: "KS1551", hint: expect.stringContaining("stands before the JSON") as string },
    ]);
  });

  it("may be what a query is about", async () => {
    const found = await test({
      ...json,
      jsonPath: '$contains($, "ready")',
      expectedValue: "true",
      sample: { body: "ready" },
    });
    expect(found.map(({ code }) => code)).not.toContain("KS1553");
  });
});

describe("dead responses", () => {
  it("hold words that keywords are made of", async () => {
    const found = await test({ type: "keyword", keyword: "ok", sample: { body: "ok" } });
    expect(found).toMatchObject([
      { code: "KS1505", severity: "warning", message: expect.stringContaining("login page") as string },
    ]);
  });

  it("come with a status that the monitor accepts", async () => {
    const wide = {
      ...json,
      jsonPath: '$not(status = "error")',
      expectedValue: "true",
      sample: { body: { status: "ok" } },
    };
    const found = await test({ ...wide, acceptedStatusCodes: [503] });
    expect(found).toMatchObject([{ code: "KS1505", message: expect.stringContaining("with status 503") as string }]);
  });

  it("are not what the monitor takes for healthy", async () => {
    const sample = { status: 401, body: { detail: "Not authenticated" } };
    const gate = {
      ...json,
      jsonPath: "detail",
      expectedValue: "Not authenticated",
      acceptedStatusCodes: [401],
      sample,
    };
    expect((await test(gate)).map(({ code }) => code)).not.toContain("KS1505");
  });
});
