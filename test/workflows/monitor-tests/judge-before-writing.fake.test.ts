/** `plan` and `apply` do not let a monitor through whose own sample or tests prove that it is wrong. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { describe, expect, it } from "vitest";
import { readDocument } from "../../commands/documents.ts";
import { namesOn, openWorkspace } from "../../commands/workspace.ts";

interface Written {
  readonly expected?: string;
  readonly sample?: string;
  readonly tests?: string;
}

const monitor = (key: string, { expected = "ok", sample = "", tests = "" }: Written): string => `  ${key}:
    name: ${key}
    type: json-query
    url: https://${key}.example
    headers: { Accept: application/json }
    jsonPath: status
    expectedValue: "${expected}"
${sample === "" ? "" : `    sample: ${sample}\n`}${tests === "" ? "" : `    tests: ${tests}\n`}`;

const head = "version: 1\nproject: shop\n";
const file = (...monitors: readonly string[]): string => `${head}monitors:\n${monitors.join("")}`;

const healthy = "{ body: { status: ok } }";
const wrong = file(monitor("api", { expected: "up", sample: healthy }));
const right = file(monitor("api", { sample: healthy, tests: "[{ body: { status: broken }, expect: down }]" }));
const failing = file(monitor("api", { tests: "[{ name: broken, body: { status: ok }, expect: down }]" }));
const approved = ["apply", "--auto-approve"] as const;

describe("a monitor that its own sample shows as down", () => {
  it.each([["plan"], ["plan", "--detailed-exitcode"], approved])(
    "ends %s %s with exit 9, and writes nothing",
    async (...args) => {
      const { run, kuma } = await openWorkspace(wrong);
      const { code, stdout, stderr } = await run(args);
      expect([code, stdout]).toEqual([9, ""]);
      expect(stderr).toContain("monitors.yaml:9:15: error: the healthy sample is down");
      expect(stderr).toContain("[KS1504]");
      expect(kuma.faults.writeCount).toBe(0);
    },
  );

  it("is in the JSON document and in the reports", async () => {
    const { run, folder } = await openWorkspace(wrong);
    for (const args of [["plan"], approved]) {
      const ended = await run([...args, "--format", "json", "--report", "html=report.html"]);
      expect(ended.code).toBe(9);
      const document = readDocument(ended);
      expect(document).toMatchObject({
        type: "kuma-sync.findings",
        ok: false,
        findings: [{ code: "KS1616" }, { code: "KS1504" }],
      });
      expect(readFileSync(join(folder, "report.html"), "utf8")).toContain("The sample or a test of a monitor fails");
    }
  });

  it("does not become a saved plan", async () => {
    const { run, folder } = await openWorkspace(wrong);
    expect((await run(["plan", "--out", "plan.json"])).code).toBe(9);
    expect(existsSync(join(folder, "plan.json"))).toBe(false);
  });

  it("is not planned against a snapshot either", async () => {
    const { run } = await openWorkspace(wrong);
    await run(["snapshot", "--out", "snapshot.json"]);
    expect((await run(["plan", "--against", "snapshot.json"], { env: { KUMA_SYNC_URL: "" } })).code).toBe(9);
  });

  it("does not matter to a plan that leaves it out", async () => {
    const { run } = await openWorkspace(file(monitor("api", { expected: "up", sample: healthy }), monitor("web", {})));
    expect((await run(["plan", "--select", "monitor/web"])).code).toBe(0);
    expect((await run(["plan", "--exclude", "monitor/web"])).code).toBe(9);
  });

  it("does not stop destroy", async () => {
    const { run, write, kuma } = await openWorkspace(right);
    expect((await run(approved)).code).toBe(0);
    write(wrong);
    const { host } = new URL(kuma.url);
    expect((await run(["destroy", "--confirm", `shop@${host}`])).code).toBe(0);
    expect(namesOn(kuma)).toEqual([]);
  });
});

describe("with --no-test", () => {
  it.each([["plan"], approved])("%s goes on, and notes what was left out", async (...args) => {
    const { run } = await openWorkspace(wrong);
    const { code, stderr } = await run([...args, "--no-test"]);
    expect(code).toBe(0);
    expect(stderr).toContain("note: --no-test: samples and tests of 1 monitor were not judged [KS1555]");
    const json = await run([...args, "--no-test", "--format", "json"]);
    expect(JSON.stringify(readDocument(json))).toContain('"code":"KS1555"');
  });

  it("reports nothing where there is nothing to judge", async () => {
    const { run } = await openWorkspace(file(monitor("api", {})));
    expect((await run(["plan", "--no-test"])).stderr).not.toContain("KS1555");
  });

  it("is kept in a saved plan, and cannot be given for one that was judged", async () => {
    const { run, write, kuma } = await openWorkspace(wrong);
    expect((await run(["plan", "--no-test", "--out", "plan.json"])).code).toBe(0);
    expect((await run(["apply", "plan.json"])).code).toBe(0);
    expect(namesOn(kuma)).toEqual(["api"]);
    write(right);
    expect((await run(["plan", "--out", "plan.json"])).code).toBe(0);
    expect((await run(["apply", "plan.json", "--no-test"])).code).toBe(64);
  });
});

describe("what holds", () => {
  it("is planned and applied without another word", async () => {
    const { run, kuma } = await openWorkspace(right);
    const { code, stderr } = await run(["plan"]);
    expect(code).toBe(0);
    expect(stderr).not.toMatch(/KS15[0-2]|KS155/u);
    expect((await run(approved)).code).toBe(0);
    expect(namesOn(kuma)).toEqual(["api"]);
  });

  it("is judged again when its saved plan is applied", async () => {
    const { run, folder, kuma } = await openWorkspace(right.replace(healthy, "{ file: healthy.json }"));
    const sample = join(folder, "healthy.json");
    writeFileSync(sample, '{"status":"ok"}');
    expect((await run(["plan", "--out", "plan.json"])).code).toBe(0);
    writeFileSync(sample, '{"status":"broken"}');
    expect((await run(["apply", "plan.json"])).code).toBe(9);
    expect(kuma.faults.writeCount).toBe(0);
  });

  it("is judged by the rules of the server: only 1.23 compares a list", async () => {
    const list = file(monitor("api", { sample: "{ body: { status: [ok] } }" }));
    const [newer, older] = await Promise.all(
      ["2.5.3", "1.23.17"].map(async (statedVersion) => (await openWorkspace(list, { statedVersion })).run(["plan"])),
    );
    expect([newer?.code, older?.code]).toEqual([9, 0]);
    expect(newer?.stderr).toContain("[KS1506]");
  });
});

it("a test that fails ends plan with exit 9", async () => {
  const { run } = await openWorkspace(failing);
  const { code, stderr } = await run(["plan"]);
  expect(code).toBe(9);
  expect(stderr).toContain('"broken" should be down and is up');
  expect(stderr).toContain("[KS1551]");
});

it("--all-targets judges for each target, and the worst exit code counts", async () => {
  const targets = "targets:\n  blue: { url: URL, vars: { want: ok } }\n  green: { url: URL, vars: { want: up } }\n";
  const { run, write, kuma, env } = await openWorkspace(head);
  const body = `${head}${targets.replaceAll("URL", kuma.url)}monitors:\n${monitor("api", { expected: "${var:want}", sample: healthy })}`;
  write(body);
  const credentials = Object.fromEntries(
    ["BLUE", "GREEN"].flatMap((name) => [
      [`KUMA_SYNC_${name}_USERNAME`, env["KUMA_SYNC_USERNAME"] as string],
      [`KUMA_SYNC_${name}_PASSWORD`, env["KUMA_SYNC_PASSWORD"] as string],
    ]),
  );
  const more = { KUMA_SYNC_URL: "", KUMA_SYNC_HOSTS: new URL(kuma.url).host, ...credentials };
  const { code, stderr } = await run(["plan", "--all-targets"], { env: more });
  expect(stderr).toContain("the healthy sample is down");
  expect(stderr.split("[KS1504]")).toHaveLength(2);
  expect(code).toBe(9);
});

it("placeholders do not block: a plan without secrets does not judge values that depend on them", async () => {
  const { run } = await openWorkspace(wrong.replace('"up"', '"${env:WANTED}"'));
  await run(["snapshot", "--out", "snapshot.json"]);
  expect((await run(["plan", "--against", "snapshot.json"], { env: { KUMA_SYNC_URL: "" } })).code).toBe(0);
});

it("evaluates the queries contained: no code of a body runs", async () => {
  const { run, write, folder } = await openWorkspace(head);
  const mark = join(folder, "escaped");
  // As in test/hostile/untrusted-queries.test.ts: an object that every module loaded later would take for its own text.
  const jsonPath = `($o := $lookup({}, $join(["const","ructor"])); $f := $lookup({}, $join(["__loo","kupSetter__"]));
    $sp := {"a":1}.($f($join(["__pro","to__"]))); $h := {"a":1}.($o ~> $sp(); $); $as := $lookup($h, "assign");
    $as($lookup({}, $join(["__pro","to__"])), {"source": code}); status)`;
  const code = `import fs from "node:fs"; fs.writeFileSync(${JSON.stringify(mark)}, "");\nexport default () => ({});`;
  const tests = ["2.5.3", "1.23.17"].map((server) => ({ server, expect: "up", body: { status: "ok", code } }));
  const api = { name: "A", type: "json-query", url: "https://a.example", jsonPath, expectedValue: "ok", tests };
  write(stringify({ version: 1, project: "shop", monitors: { api } }));
  const ended = await run(["plan"]);
  expect(ended.stderr.split("[KS1551]")).toHaveLength(3);
  expect([ended.code, existsSync(mark)]).toEqual([9, false]);
});

/** Its query needs more memory than there is, which the text does not show. */
const bomb = (key: string): string =>
  monitor(key, { sample: "{ body: { status: ok, n: 536870000 } }" }).replace(
    "jsonPath: status",
    "jsonPath: $pad(status, n)",
  );

describe("many queries that have to be stopped", () => {
  const keys = Array.from({ length: 7 }, (_, index) => `m${index}`);

  it("end judging after five, and name the monitors that were not judged", async () => {
    const { run, kuma } = await openWorkspace(file(...keys.map(bomb)));
    const { code, stderr } = await run(["plan"]);
    expect(code).toBe(9);
    expect(stderr).toContain(
      "samples and tests of 2 monitors were not judged, because 5 evaluations of queries had to be stopped: monitor/m5, monitor/m6 [KS1555]",
    );
    expect(kuma.faults.writeCount).toBe(0);
    expect((await run(["plan", "--no-test"])).code).toBe(0);
  });

  it("end test after five, with a row for each monitor that was not tested", async () => {
    const { run } = await openWorkspace(file(...keys.map(bomb)));
    const ended = await run(["test", "--format", "json"]);
    expect(ended.code).toBe(9);
    const { monitors } = readDocument(ended) as unknown as {
      monitors: { key: string; findings: { code: string }[] }[];
    };
    const left = monitors.filter(({ findings }) => findings.some(({ code }) => code === "KS1555"));
    expect(monitors).toHaveLength(7);
    expect(left.map(({ key }) => key)).toEqual(["monitor/m5", "monitor/m6"]);
  });
});
