import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readConfigFile } from "../../../src/config/source/read-config-file.ts";
import { parseYaml } from "../../../src/config/source/parse-yaml.ts";
import { fakeAdmin, startFakeKuma, type FakeKuma } from "../../fakes/kuma-server.ts";
import { readDocument } from "../../commands/documents.ts";
import { configOf, namesOn, openWorkspace, type Workspace } from "../../commands/workspace.ts";

vi.mock("../../../src/config/source/read-config-file.ts", { spy: true });
vi.mock("../../../src/config/source/parse-yaml.ts", { spy: true });

interface TwoServers extends Pick<Workspace, "run" | "folder"> {
  readonly prod: FakeKuma;
  readonly staging: FakeKuma;
}

function targetAt(url: string): string {
  return `{ url: "${url}", username: ${fakeAdmin.username}, vars: { at: x } }`;
}

/** Each has its password in a variable of its own; nothing else says where or who. */
async function openTwo(monitors = { api: 60 }): Promise<TwoServers> {
  const staging = await startFakeKuma();
  onTestFinished(() => staging.close());
  const { kuma: prod, folder, run, write } = await openWorkspace("");
  write(configOf(monitors, `targets:\n  prod: ${targetAt(prod.url)}\n  staging: ${targetAt(staging.url)}\n`));
  const env = {
    KUMA_SYNC_URL: "",
    KUMA_SYNC_USERNAME: "",
    KUMA_SYNC_PASSWORD: "",
    KUMA_SYNC_PROD_PASSWORD: fakeAdmin.password,
    KUMA_SYNC_STAGING_PASSWORD: fakeAdmin.password,
    KUMA_SYNC_HOSTS: `${new URL(prod.url).host},${new URL(staging.url).host}`,
  };
  return { prod, staging, folder, run: (args, fake = {}) => run(args, { ...fake, env: { ...env, ...fake.env } }) };
}

function urlsOn({ monitors }: FakeKuma): readonly unknown[] {
  return [...monitors.values()].map((row) => row["url"]);
}

const approved = ["apply", "--auto-approve"];

describe("several targets", () => {
  it("require a choice: exit 64 with the names of the targets", async () => {
    const { run, prod, staging } = await openTwo();
    for (const command of [["plan"], approved, ["status"], ["destroy"]]) {
      const { code, stderr } = await run(command);
      expect([command, code]).toEqual([command, 64]);
      expect(stderr).toContain("give --target prod, --target staging");
    }
    expect((await run(["plan", "--target", "prd"])).stderr).toContain('did you mean "prod"?');
    expect([...prod.log, ...staging.log]).toEqual([]);
  });

  it("--target chooses one; kuma-sync does not connect to the others", async () => {
    const { run, prod, staging } = await openTwo();
    const ended = await run([...approved, "--target", "staging"]);
    expect([ended.code, namesOn(prod), namesOn(staging)]).toEqual([0, [], ["API"]]);
    expect(prod.log).toEqual([]);
    expect(ended.stdout).not.toContain("target staging");
  });

  it("--all-targets runs for all of them, each with its own heading", async () => {
    const { run, prod, staging } = await openTwo();
    const { code, stdout, stderr } = await run([...approved, "--all-targets"]);
    expect([code, namesOn(prod), namesOn(staging)]).toEqual([0, ["API"], ["API"]]);
    expect(stdout).toMatch(/^target prod\nproject shop [^]*\n\ntarget staging\n[^]*\n\nprod: ok \(exit 0\)\n/u);
    expect(stderr).toMatch(/^target prod\nok 1\/1 create monitor\/api .*\ntarget staging\nok /u);
    const twice = await run(["plan", "--target", "staging", "--target", "prod", "--detailed-exitcode"]);
    expect(twice.code).toBe(0);
    expect(twice.stdout).toMatch(/^target staging\nNo changes/u);
  });

  it("one without an address does not use KUMA_SYNC_URL", async () => {
    const { run, folder, prod } = await openTwo();
    const file = join(folder, "monitors.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace(/(staging: \{) url: "[^"]*",/u, "$1"));
    const { code, stderr } = await run(["plan", "--target", "staging"], { env: { KUMA_SYNC_URL: prod.url } });
    expect([code, prod.log]).toEqual([64, []]);
    expect(stderr).toContain('target "staging" has no address');
    expect(stderr).toContain("KUMA_SYNC_STAGING_URL");
    expect((await run(["plan", "--target", "staging", "--url", prod.url])).code).toBe(0);
  });

  it("one that fails does not stop the others, and the worst exit code counts", async () => {
    const { run, prod, staging } = await openTwo();
    const wrong = { env: { KUMA_SYNC_PROD_PASSWORD: "wrong" } };
    const { code, stdout, stderr } = await run([...approved, "--all-targets"], wrong);
    expect([code, namesOn(prod), namesOn(staging)]).toEqual([7, [], ["API"]]);
    expect(stdout).toContain("prod: failed (exit 7)\nstaging: ok (exit 0)\n");
    expect(stderr).toMatch(/^target prod\nerror: /u);
    expect(stderr).toContain("help: check KUMA_SYNC_PROD_USERNAME and KUMA_SYNC_PROD_PASSWORD");
  });

  it("print one JSON document, with the document of each", async () => {
    const { run } = await openTwo();
    const wrong = { env: { KUMA_SYNC_PROD_PASSWORD: "wrong" } };
    const planned = await run(["plan", "--all-targets", "--format", "json", "--detailed-exitcode"], wrong);
    expect(planned.code).toBe(7);
    expect(readDocument(planned)).toMatchObject({
      type: "kuma-sync.targets",
      ok: false,
      targets: [
        { name: "prod", exitCode: 7, document: { type: "kuma-sync.error", ok: false } },
        { name: "staging", exitCode: 2, document: { type: "kuma-sync.plan", ok: true } },
      ],
    });
    const stated = readDocument(await run(["status", "--all-targets", "--format", "json"]));
    expect(stated["targets"]).toMatchObject([{ exitCode: 0 }, { exitCode: 0 }]);
  });

  it.each([["plan"], ["apply"], ["status"]])("%s --all-targets reads and parses each file once", async (command) => {
    const { run, folder } = await openTwo();
    writeFileSync(join(folder, "more.yaml"), "version: 1\nproject: shop\n");
    vi.mocked(readConfigFile).mockClear();
    vi.mocked(parseYaml).mockClear();
    const { code, stdout } = await run([command, "--all-targets", "-f", "monitors.yaml", "-f", "more.yaml"]);
    expect([code, stdout]).toEqual([command === "apply" ? 5 : 0, expect.stringContaining("target staging")]);
    expect([vi.mocked(readConfigFile).mock.calls.length, vi.mocked(parseYaml).mock.calls.length]).toEqual([2, 2]);
  });

  it("gives each target its own variables and overrides, although the files are parsed once", async () => {
    const { run, prod, staging, folder } = await openTwo();
    const file = join(folder, "monitors.yaml");
    const text = readFileSync(file, "utf8").replace(/(staging: \{.*)vars: \{ at: x \}/u, "$1vars: { at: y }");
    writeFileSync(file, text.replace("https://api.example", "https://${var:at}.example"));
    expect((await run([...approved, "--all-targets"])).code).toBe(0);

    expect([urlsOn(prod), urlsOn(staging)]).toEqual([["https://x.example"], ["https://y.example"]]);
  });

  it("require {target} in file names, and write reports of failed targets too", async () => {
    const { run, folder } = await openTwo();
    for (const flag of ["--out", "--report"]) {
      const value = flag === "--out" ? "plan.json" : "json=plan.json";
      const { code, stderr } = await run(["plan", "--all-targets", flag, value]);
      expect([code, stderr.includes("{target}")]).toEqual([64, true]);
    }
    // The one report that there is says so.
    expect(JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"))).toMatchObject({ error: { kind: "usage" } });
    const files = ["--out", "{target}/plan.json", "--report", "json={target}.json", "--report", "markdown={target}.md"];
    const wrong = { env: { KUMA_SYNC_PROD_PASSWORD: "wrong" } };
    await run(["plan", "--all-targets", ...files], wrong);
    expect(readdirSync(folder).toSorted()).toEqual([
      "monitors.yaml",
      "plan.json",
      "prod.json",
      "prod.md",
      "staging",
      "staging.json",
      "staging.md",
    ]);
    expect(JSON.parse(readFileSync(join(folder, "prod.json"), "utf8"))).toMatchObject({ ok: false });
    expect((await run(["apply", "staging/plan.json"])).code).toBe(0);
  });

  it("a saved plan is applied to its own target only", async () => {
    const { run, prod, staging } = await openTwo();
    await run(["plan", "--target", "staging", "--out", "plan.json"]);
    const elsewhere = await run(["apply", "plan.json", "--target", "prod"]);
    expect([elsewhere.code, namesOn(prod)]).toEqual([6, []]);
    for (const flags of [["--all-targets"], ["--target", "prod", "--target", "staging"]]) {
      expect((await run(["apply", "plan.json", ...flags])).code).toBe(64);
    }
    expect((await run(["apply", "plan.json"])).code).toBe(0);
    expect([namesOn(prod), namesOn(staging)]).toEqual([[], ["API"]]);
  });

  it("do not use KUMA_SYNC_PASSWORD", async () => {
    const { run, prod } = await openTwo();
    const general = {
      env: { KUMA_SYNC_PROD_PASSWORD: "", KUMA_SYNC_PASSWORD: fakeAdmin.password, KUMA_SYNC_URL: prod.url },
    };
    const { code, stderr } = await run(["plan", "--target", "prod"], general);
    expect([code, prod.log]).toEqual([64, []]);
    expect(stderr).toContain("set KUMA_SYNC_PROD_PASSWORD");
  });

  it("--all-targets asks no question, and refuses --watch", async () => {
    const { run, prod } = await openTwo();
    const { code, questions } = await run(["apply", "--all-targets"], { answers: ["yes", "yes"] });
    expect([code, questions, namesOn(prod)]).toEqual([5, [], []]);
    expect((await run(["status", "--all-targets", "--watch"])).code).toBe(64);
  });
});
