/** A query can spell a secret in a way that no search finds: its words are hidden in every format and by every command. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { openWorkspace } from "../commands/workspace.ts";
import { inEveryFormat, recordRuns } from "./every-command.ts";

const secret = "wq7Kx2hidden";
const dashed = secret.split("").join("-");

const yaml = (echo: string): string => `version: 1
project: fork
monitors:
  a:
    { name: A, type: json-query, url: "${echo}", jsonPath: '"x" & $join($split(a,""),"-")', expectedValue: ok, tests: [{ name: t1, expect: up, body: { a: "\${env:SECRET}" } }, { name: t2, expect: down, body: { a: "\${env:SECRET}" } }] }
  c:
    { name: C, type: json-query, url: "${echo}", jsonPath: '"x" & $join($split(a,""),"-")', expectedValue: ok, sample: { body: { a: "\${env:SECRET}" } } }
  d:
    { name: D, type: json-query, url: "${echo}", jsonPath: '"x" & $join($split("\${env:SECRET}",""),"-") & a', expectedValue: ok, sample: { body: { a: q } }, tests: [{ name: t1, expect: up, body: { a: z } }] }
  e:
    { name: E, type: keyword, url: "${echo}", keyword: "\${env:SECRET}", sample: { body: "\${env:SECRET}" }, tests: [{ expect: down, body: "\${env:SECRET}" }] }
  f:
    { name: F, type: json-query, url: "${echo}", jsonPath: a, expectedValue: ok, sample: { body: '{"a":"ok","${dashed.slice(0, -1)}\${env:LAST}":1}' } }
`;

async function echoUrl(): Promise<string> {
  const server = createServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end('{"a":"b"}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

describe("words that a query made of a secret", () => {
  test("are hidden by test and test --probe in every format and report", async () => {
    const workspace = await openWorkspace(yaml(await echoUrl()));
    const recorder = recordRuns(workspace, { SECRET: secret, LAST: secret.slice(-1), GITHUB_STEP_SUMMARY: "sum.md" });
    for (const args of [...inEveryFormat("test", ["test"]), ...inEveryFormat("test", ["test", "--probe"])]) {
      const { code } = await recorder.run(args);
      expect([3, 9]).toContain(code);
    }
    expect([...recorder.places].filter(([, text]) => text.includes(dashed))).toEqual([]);
    expect([...recorder.places].some(([place]) => place.includes("junit"))).toBe(true);
  });

  test("status and apply --wait hide what the server's check said", async () => {
    const workspace = await openWorkspace(yaml("http://127.0.0.1:1/"), {
      verdict: () => ({ status: 0, msg: `JSON query does not pass (comparing x${dashed} == ok)` }),
    });
    const recorder = recordRuns(workspace, { SECRET: secret, LAST: "x" });
    const select = ["--select", "monitor/d"];
    await recorder.run(["apply", "--auto-approve", "--no-test", "--wait", "2s", ...select]);
    const { stdout } = await recorder.run(["status"]);
    expect(stdout).toContain("DOWN");
    expect(stdout).toContain("(sensitive)");
    await recorder.run(["status", "--format", "json"]);
    // The ledger still knows when the file no longer does.
    workspace.write("version: 1\nproject: fork\nmonitors: {}\n");
    expect((await recorder.run(["status"])).stdout).toContain("(sensitive)");
    expect([...recorder.places].filter(([, text]) => text.includes(dashed))).toEqual([]);
  });
});
