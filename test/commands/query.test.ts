import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { readDocument } from "./documents.ts";
import { builtProgram, runProgram, type Ran, type RunOptions } from "../cli/built-program.ts";

beforeAll(() => void builtProgram());

const models = `{"object":"list","data":[{"id":"llama3.1:8b"},{"id":"gpt"}]}`;

function query(args: readonly string[], stdin = models, options: RunOptions = {}): Promise<Ran> {
  return runProgram(["query", ...args], { stdin, ...options });
}

async function queryDocument(args: readonly string[], stdin = models): Promise<JsonObject> {
  const { code, stdout, stderr } = await query([...args, "--format", "json"], stdin);
  return { exit: code, ...readDocument({ code: code ?? -1, stdout, stderr, questions: [] }) };
}

describe("query", () => {
  it.each([
    ["up", "$count(data) > 0", "true", 0],
    ["down", "$count(data) > 5", "true", 9],
  ])("says %s, with the server's own words", async (status, expression, expected, exit) => {
    const document = await queryDocument([expression, "--body", "-", "--expect", expected]);
    const value = status === "up";
    expect(document).toMatchObject({ exit, type: "kuma-sync.query", status, value, resultType: "boolean" });
    expect(document["message"]).toContain(`(comparing ${String(value)} == true)`);
  });

  it("shows which fields are watched and which are not", async () => {
    const expression = '$count(data[id="gpt"]) > 0';
    const document = await queryDocument([expression, "--body", "-", "--expect", "true"]);
    const { watched, blind } = document["experiment"] as { watched: string[]; blind: string[] };
    expect(watched).toContain("data[].id");
    expect(blind).toContain("object");
  });

  it("prints only the value without --expect", async () => {
    const { code, stdout } = await query(["$count(data)", "--body", "-"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}value +2 \(number\)$/mu);
    expect(stdout).not.toContain("verdict");
  });

  it("exits 3 with a caret under the mistake", async () => {
    const { code, stdout } = await query(["count(data) > 0", "--expect", "true"]);
    expect(code).toBe(3);
    expect(stdout).toContain("query:1:1: error:");
    expect(stdout).toContain("[KS1501]\n   |\n 1 | count(data) > 0\n   | ^~~~~");
  });

  it("puts the caret on the right line and column, past emoji too", async () => {
    const document = await queryDocument(['(\n  $a := "🦙";\n  $cout(data)\n)', "--body", "-"]);
    expect(document["findings"]).toMatchObject([{ code: "KS1501", at: { file: "query", line: 3, column: 3 } }]);
  });

  it("judges by the rules of --server", async () => {
    const args = ["data", "--body", "-", "--expect", "[object Object],[object Object]"];
    expect(await queryDocument([...args, "--server", "1.23.17"])).toMatchObject({ exit: 0, status: "up" });
    expect(await queryDocument([...args, "--server", "2.5.3"])).toMatchObject({ exit: 9, status: "down" });
  });

  it("compares with --operator", async () => {
    const args = ["$count(data)", "--body", "-", "--expect", "2", "--operator"];
    expect(await queryDocument([...args, ">="])).toMatchObject({ exit: 0, status: "up" });
    expect(await queryDocument([...args, "<"])).toMatchObject({ exit: 9, status: "down" });
  });

  it("finds responses itself when none is given", async () => {
    const document = await queryDocument(["status", "--expect", "ok"]);
    expect(document["found"]).toMatchObject({ passing: `{"status":"ok"}`, failing: expect.any(String) });
  });

  it("stops a query that would never end, as an error of the expression", async () => {
    const expression = "($f := function($x) { $x > 0 ? $f($x + 1) : $f($x - 1) }; $f($count(data)))";
    const document = await queryDocument([expression, "--body", "-"]);
    expect(document["exit"]).toBe(3);
    expect(document["findings"]).toContainEqual(expect.objectContaining({ code: "KS1512", severity: "error" }));
  });

  it("asks a URL as a monitor would, and does not print the header's key", async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.method, request.headers.authorization, request.headers["content-type"]);
      response.setHeader("content-type", "application/json");
      response.statusCode = request.url === "/down" ? 503 : 200;
      response.end(JSON.stringify({ key: request.headers.authorization }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const request = ["-H", "Authorization: Bearer key-Zq9vX3-secret", "--data", '{"a":1}', "--expect", "x"];
    const { code, stdout, stderr } = await query(["key", "--url", url, ...request]);
    expect(code).toBe(9);
    expect(seen).toEqual(["POST", "Bearer key-Zq9vX3-secret", "application/json"]);
    expect(stdout + stderr).not.toContain("Zq9vX3");
    const down = await query(["key", "--url", `${url}/down`, "--method", "get", "--expect", "x"]);
    expect(down.code).toBe(9);
    expect(down.stdout).toContain("Request failed with status code 503");
    expect(seen[3]).toBe("GET");
  });

  it.each([
    [["a", "--body", "no-such-file"], 'cannot read "no-such-file"'],
    [["a", "--body", "-", "--url", "http://127.0.0.1:1"], "both give the response"],
    [["a", "--data", "{}"], "there is no request without --url"],
    [["a", "--url", "nowhere"], "is not a URL"],
    [["a", "--url", "http://127.0.0.1:1", "-H", "nocolon"], "'Name: value'"],
    [["a", "--server", "two"], "a version is written like 2.5.3"],
    [[], "missing required argument"],
  ])("%j is a mistake", async (args, words) => {
    const { code, stderr } = await query(args);
    expect(code).toBe(64);
    expect(stderr).toContain(words);
  });

  it("reads a file", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    writeFileSync(join(cwd, "models.json"), models);
    const { code } = await query(["$exists(data)", "--body", "models.json", "--expect", "true"], "", { cwd });
    expect(code).toBe(0);
  });
});
