import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { readDocument } from "./documents.ts";
import { builtProgram, runProgram, type Ran } from "../cli/built-program.ts";
import { newestTestedVersion } from "../../src/model/release.ts";

beforeAll(() => void builtProgram());

interface Folder {
  readonly cwd: string;
  readonly run: (...args: readonly string[]) => Promise<Ran>;
}

/** A configuration of json-query monitors, each given by its lines. */
function folderWith(monitors: Readonly<Record<string, readonly string[]>>): Folder {
  const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const base = ["url: https://api.example", "headers: { Accept: application/json }"];
  const blocks = Object.entries(monitors).map(([key, own]) => {
    const lines = own.some((line) => line.startsWith("type:")) ? own : ["type: json-query", ...base, ...own];
    return [`  ${key}:`, ...lines.map((line) => `    ${line}`)].join("\n");
  });
  writeFileSync(join(cwd, "monitors.yaml"), `version: 1\nproject: shop\nmonitors:\n${blocks.join("\n")}\n`);
  writeFileSync(join(cwd, "models.json"), `{"object":"list","data":[{"id":"llama"},{"id":"gpt"}]}`);
  return { cwd, run: (...args) => runProgram(["test", ...args], { cwd, env: { KEY: "key-Zq9vX3-secret" } }) };
}

function documentOf({ code, stdout, stderr }: Ran): JsonObject {
  return readDocument({ code: code ?? -1, stdout, stderr, questions: [] });
}

async function codesOf(monitor: readonly string[], ...args: readonly string[]): Promise<readonly string[]> {
  const { monitors } = documentOf(await folderWith({ it: monitor }).run("--format", "json", ...args)) as unknown as {
    monitors: { findings: { code: string; severity: string }[] }[];
  };
  return monitors.flatMap(({ findings }) => findings.map(({ code, severity }) => `${severity} ${code}`));
}

const sample = "sample: { file: models.json }";
const good = ['jsonPath: $count(data[id="llama"]) > 0', 'expectedValue: "true"', sample];

/** A keyword that must not come, of a page that answers with one of `codes`. */
const edge = (codes: string): readonly string[] => [
  "type: keyword",
  "url: https://edge.example/ping",
  "keyword: 404 page not found",
  "invertKeyword: true",
  `acceptedStatusCodes: [${codes}]`,
  "sample: { body: not found }",
];

describe("test", () => {
  it("passes monitors that go red when they should, with counts", async () => {
    const { code, stdout } = await folderWith({ good }).run();
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}PASS +good +- +(\d+) of \1 +0 /mu);
    expect(stdout).toContain("1 monitor: 1 passed.");
  });

  it.each([
    ["never passes", ["jsonPath: $count(data) > 9", 'expectedValue: "true"', sample], "error KS1504"],
    ["never fails", ["jsonPath: $not($exists(error))", 'expectedValue: "true"', sample], "error KS1505"],
    ["gives a list", ["jsonPath: data", 'expectedValue: "true"', sample], "error KS1506"],
    ["is too strict", ["jsonPath: data[0].id", "expectedValue: llama", sample], "warning KS1522"],
    [
      "fails only by error",
      [`jsonPath: 'object = "list" ? "yes" : $error("bad")'`, 'expectedValue: "yes"', sample],
      "warning KS1523",
    ],
    ["misspells a field", ["jsonPath: $count(dta) > 0", 'expectedValue: "true"', sample], "warning KS1521"],
    ["tells what it watches", good, "info KS1543"],
  ])("a query that %s", async (_, monitor, code) => {
    expect(await codesOf(monitor)).toContain(code);
  });

  describe("the status codes that a monitor accepts", () => {
    it("dead responses come with status 200, which a monitor that takes only 404 refuses", async () => {
      expect(await codesOf(edge("404"))).not.toContain("warning KS1505");
      expect(await codesOf(edge('"200-299"'))).toContain("warning KS1505");
    });

    it("a refusal by status is not a failure by an error of the query", async () => {
      const only404 = ["jsonPath: status", "expectedValue: gone", "acceptedStatusCodes: [404]"];
      const codes = await codesOf([...only404, "sample: { body: { status: gone } }"]);
      expect(codes).not.toContain("warning KS1523");
      expect(codes).not.toContain("error KS1505");
    });

    it("upside down, a refused status is up", async () => {
      const upsideDown = ["jsonPath: error", "expectedValue: x", "upsideDown: true", "acceptedStatusCodes: [404]"];
      expect(await codesOf([...upsideDown, "sample: { body: { error: y } }"])).toContain("error KS1505");
    });
  });

  describe("a query that picks an item by its key", () => {
    const repositories = JSON.stringify([
      { full_name: "example/app", stars: 900 },
      { full_name: "example/lib", stars: 3 },
    ]);

    it.each([
      ["a name", "$[full_name='example/app'].stars", repositories],
      ["a number", "$[id=7].stars", '[{"id":7,"stars":900},{"id":8,"stars":3}]'],
      ["a name in a list below", "disks[name='sda'].free", '{"disks":[{"name":"sda","free":900}]}'],
    ])("by %s is not called fragile", async (_, query, body) => {
      const monitor = [`jsonPath: ${JSON.stringify(query)}`, 'jsonPathOperator: ">="', 'expectedValue: "500"'];
      expect(await codesOf([...monitor, `sample: { body: ${JSON.stringify(body)} }`])).not.toContain("warning KS1522");
    });

    it("one that counts what it picks is", async () => {
      const monitor = ["jsonPath: \"$count(data[id='llama'])\"", 'expectedValue: "1"', sample];
      expect(await codesOf(monitor)).toContain("warning KS1522");
    });
  });

  describe("a query that reads the clock", () => {
    const fresh = ['jsonPath: "($millis() - $toMillis(last)) < 600000"', 'expectedValue: "true"'];
    const body = '{ last: "2026-11-01T10:00:00Z" }';

    it("judges an old sample at its own moment", async () => {
      expect(await codesOf([...fresh, `sample: { body: ${body} }`])).toContain("error KS1504");
      const codes = await codesOf([...fresh, `sample: { at: "2026-11-01T10:00:40Z", body: ${body} }`]);
      expect(codes).not.toContain("error KS1504");
      expect(codes).toContain("info KS1542");
    });

    it("judges tests at the moment of the sample, or at their own", async () => {
      const { code, stdout } = await folderWith({
        sync: [
          ...fresh,
          `sample: { at: "2026-11-01T11:00:40+01:00", body: ${body} }`,
          "tests:",
          `  - { name: fresh, body: ${body}, expect: up }`,
          `  - { name: an hour later, at: "2026-11-01T11:00:00Z", body: ${body}, expect: down }`,
          '  - { name: stale, body: { last: "2020-01-01T00:00:00Z" }, expect: down }',
        ],
      }).run();
      expect(stdout).not.toContain("KS1551");
      expect(code).toBe(0);
    });
  });

  describe("messages of MQTT and answers of MongoDB", () => {
    const mower = [
      "type: mqtt",
      "hostname: mqtt.example",
      "port: 1883",
      "mqttTopic: garden/mower",
      "mqttCheckType: json-query",
      'jsonPath: "($millis() - $toMillis(at)) < 900000"',
      'expectedValue: "true"',
      'sample: { at: "2026-11-01T10:05:00Z", body: { at: "2026-11-01T10:00:00Z" } }',
    ];

    it("are judged by sample and tests as responses are", async () => {
      const { code, stdout } = await folderWith({
        mower: [
          ...mower,
          "tests:",
          '  - { name: stale, body: { at: "2020-01-01T00:00:00Z" }, expect: down }',
          "  - { name: not json, body: offline, expect: down }",
          "  - { name: wrong, body: offline, expect: up }",
        ],
      }).run();
      expect(code).toBe(9);
      expect(stdout).toMatch(/"wrong" should be up and is down/u);
      expect(stdout).not.toMatch(/"stale"|"not json"/u);
      expect(stdout).toMatch(/(\d+) of \1/u);
    });

    it("have no harmless changes that only responses can have, and are judged wherever a query is", async () => {
      const codes = await codesOf(mower);
      expect(codes).not.toContain("warning KS1522");
      expect(codes).not.toContain("warning KS1552");
    });

    it("of MongoDB too", async () => {
      const orders = [
        "type: mongodb",
        "databaseConnectionString: mongodb://db.example",
        "jsonPath: ok",
        'expectedValue: "1"',
        "sample: { body: { ok: 1 } }",
        "tests: [{ name: refused, body: { ok: 0 }, expect: down }]",
      ];
      expect((await folderWith({ orders }).run()).code).toBe(0);
    });
  });

  it("an endless query is an error, and does not stop the others", async () => {
    const query = "($f := function($x) { $x > 0 ? $f($x + 1) : $f($x - 1) }; $f($count(data)))";
    const endless = [`jsonPath: '${query}'`, 'expectedValue: "1"', sample];
    const { code, stdout } = await folderWith({ endless, good }).run();
    expect(code).toBe(9);
    expect(stdout).toMatch(/error: the query on the sample: needed more than .* and was stopped \[KS1512\]/u);
    expect(stdout).toMatch(/^ {2}PASS +good /mu);
  });

  it("reports when servers disagree", async () => {
    const list = ["jsonPath: data.id", 'expectedValue: "llama,gpt"', sample];
    expect(await codesOf(list, "--server", "1.23.17", "--server", "2.5.3")).toContain("error KS1513");
  });

  it("without a sample looks for responses, and only warns", async () => {
    const { code, stdout } = await folderWith({
      any: ["jsonPath: $exists(status) or true", 'expectedValue: "true"'],
    }).run();
    expect(code).toBe(0);
    expect(stdout).toContain("no response was found for which the monitor is down [KS1509]");
  });

  it("runs tests, upside down and by version, and points at the one that fails", async () => {
    const tests = [
      "tests:",
      "  - { name: none, body: { data: [] }, expect: up }",
      "  - { name: some, body: { data: [1] }, expect: down, server: 1.23.17 }",
      "  - { name: wrong, body: { data: [] }, expect: down }",
    ];
    const folder = folderWith({
      it: ["jsonPath: $count(data) > 0", 'expectedValue: "true"', "upsideDown: true", ...tests],
    });
    const human = await folder.run("--server", "2.0.2");
    expect(human.code).toBe(9);
    expect(human.stdout).toContain('monitors.yaml:14:52: error: "wrong" should be down and is up [KS1551]');
    expect(human.stdout).toMatch(/^ {2}FAIL +it +2 of 3 /mu);
    expect(documentOf(await folder.run("--server", "2.0.2", "--format", "json"))).toMatchObject({
      type: "kuma-sync.test",
      servers: ["2.0.2"],
      monitors: [
        {
          key: "monitor/it",
          tests: [
            { name: "none", server: "2.0.2", expect: "up", status: "up" },
            { name: "some", server: "1.23.17", expect: "down", status: "down" },
            { name: "wrong", server: "2.0.2", expect: "down", status: "up" },
          ],
        },
      ],
    });
  });

  it("tests keywords", async () => {
    const keyword = ["type: keyword", "url: https://page.example", "keyword: all is well"];
    const tests = ["tests:", "  - { body: all is well, expect: up }", "  - { body: <p>gone</p>, expect: down }"];
    const { code, stdout } = await folderWith({
      page: [...keyword, ...tests],
      inverted: [...keyword, "invertKeyword: true", "sample: { body: all is well }"],
    }).run();
    expect(code).toBe(9);
    expect(stdout).toMatch(/^ {2}PASS +page +2 of 2/mu);
    expect(stdout).toContain("the healthy sample is down: the monitor cannot pass [KS1504]");
  });

  it("writes JUnit and JSON reports", async () => {
    const folder = folderWith({ good: [...good, "tests: [{ name: '<&>', body: '{}', expect: up }]"] });
    expect((await folder.run("--report", "junit=report.xml")).code).toBe(9);
    const report = readFileSync(join(folder.cwd, "report.xml"), "utf8");
    expect(report).toContain('<testsuite name="monitor/good" tests="2" failures="1" skipped="0">');
    expect(report).toContain(`name="&lt;&amp;&gt; (${newestTestedVersion})"`);
    expect(report).toContain(
      '<failure message="expected up, is down: JSON query does not pass (comparing false == true)"/>',
    );
    expect((await folder.run("--report", "xml")).code).toBe(64);
    const unwritten = await folder.run("--report", "junit=monitors.yaml/report.xml");
    expect(unwritten.code).toBe(9);
    expect(unwritten.stderr).toContain('cannot write "monitors.yaml/report.xml"');
  });

  it("prints nothing from a query that holds a secret", async () => {
    const secret = ["jsonPath: key", "expectedValue: ${env:KEY}", "sample: { body: { key: other } }"];
    const { code, stdout, stderr } = await folderWith({ secret }).run("-v");
    expect(code).toBe(9);
    expect(stdout + stderr).not.toContain("Zq9vX3");
  });

  it("exits 3 for a configuration with mistakes", async () => {
    expect((await folderWith({ it: ["jsonPath: a"] }).run()).code).toBe(3);
  });
});

describe("test --probe", () => {
  it("sends the request as the server would, and uses a good answer as sample", async () => {
    const server = createServer((request, response) => {
      if (request.url === "/down") response.statusCode = 503;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ status: "ok", key: request.headers.authorization }));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const header = 'headers: { Accept: application/json, Authorization: "Bearer ${env:KEY}" }';
    const up = ["type: json-query", `url: ${url}`, header, "jsonPath: status", "expectedValue: ok"];
    const folder = folderWith({ up, paused: ["type: http", `url: ${url}/down`, "active: false"] });
    const ran = await folder.run("--probe", "--format", "json");
    expect(ran.code).toBe(0);
    expect(documentOf(ran)).toMatchObject({
      probes: [
        { key: "monitor/up", status: "up", httpStatus: 200 },
        { key: "monitor/paused", status: "skipped", message: "the monitor is paused" },
      ],
      monitors: [{ key: "monitor/up", experiment: { watched: ["status"], blind: ["key"] } }],
    });
    const down = await folderWith({ up, down: ["type: http", `url: ${url}/down`, header] }).run("--probe", "-v");
    expect(down.code).toBe(9);
    expect(down.stdout).toMatch(/^ {2}DOWN +down +\d+ ms +Request failed with status code 503$/mu);
    expect(ran.stdout + down.stdout + down.stderr).not.toContain("Zq9vX3");
  });

  it("probes every type that it can, and gives the reason for the others", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const folder = folderWith({
      tcp: ["type: port", "hostname: 127.0.0.1", `port: ${port}`],
      // Nothing listens for DNS there: the kernel refuses at once.
      name: ["type: dns", "hostname: example.test", "dnsResolveServer: 127.0.0.1", `port: ${port}`],
      beat: ["type: push"],
      echo: ["type: ping", "hostname: 127.0.0.1"],
      box: ["type: group"],
    });
    const ran = await folder.run("--probe", "--format", "json");
    expect(ran.code).toBe(9);
    expect(documentOf(ran)["probes"]).toMatchObject([
      { key: "monitor/tcp", status: "up" },
      { key: "monitor/name", status: "down", message: expect.stringContaining("ECONNREFUSED") },
      { key: "monitor/beat", status: "skipped", message: "a push monitor waits to be called" },
      { key: "monitor/echo", status: "skipped", message: expect.stringContaining("ICMP") },
    ]);
  });
});
