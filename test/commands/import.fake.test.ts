import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { importCommand, type ImportFlags } from "../../src/commands/import.ts";
import { exitCodeOf } from "../../src/model/exit-code.ts";
import { createRun } from "../../src/workflows/create-run.ts";
import { createFakeContext, type Ended } from "./fake-context.ts";
import { readDocument } from "./documents.ts";
import { configOf, openWorkspace, type Workspace } from "./workspace.ts";

const usual: ImportFlags = { format: "human", color: "never", input: false, adopt: true };
const secrets = ["tok-3n-of-the-gateway", "sl4ck-hook-path", "b4sic-pass"];

async function runIn({ folder, env }: Workspace, flags: Partial<ImportFlags> = {}): Promise<Ended> {
  const { context, written, questions } = createFakeContext({ cwd: folder, env });
  const outcome = await importCommand.run(createRun(context, { ...usual, ...flags }, undefined));
  return { code: exitCodeOf(outcome), ...written, questions };
}

/** Made by hand: two groups, secrets, a type that nobody knows, an http monitor without an address. */
async function openByHand(): Promise<Workspace> {
  const workspace = await openWorkspace(
    `version: 1
project: seed
notifications: { oncall: { name: On call, type: slack, slackwebhookURL: "https://hooks.example/${secrets[1]}" } }
monitors:
  edge: { name: Edge, type: group }
  gateway: { name: Gateway, type: http, url: "https://gw.example", parent: edge, headers: { Authorization: "Bearer ${secrets[0]}" }, notifications: [oncall] }
  single: { name: Single, type: http, url: "https://single.example", authMethod: basic, basicAuthUser: me, basicAuthPass: ${secrets[2]} }
`,
  );
  await workspace.run(["apply", "--auto-approve"]);
  workspace.kuma.seedMonitor({ name: "From later", type: "tea-pot" });
  const single = [...workspace.kuma.monitors.values()].find(({ name }) => name === "Single");
  const half = { name: "Half done", type: "keyword", url: "https://", auth_method: null, basic_auth_pass: null };
  workspace.kuma.seedMonitor({ ...single, ...half, basic_auth_user: null });
  return workspace;
}

describe("import", () => {
  test("writes no file of secrets over the configuration", async () => {
    const workspace = await openWorkspace("");
    const ended = await workspace.run(["import", "--out", "seed.yaml", "--secrets-file", "./seed.yaml"]);
    expect([ended.code, readdirSync(workspace.folder)]).toEqual([64, ["monitors.yaml"]]);
    expect(ended.stderr).toContain("--out and --secrets-file would write to one file");
    expect(workspace.kuma.log).toEqual([]);
  });

  test("writes YAML to stdout and what is left to do to stderr", async () => {
    const workspace = await openByHand();
    const ended = await runIn(workspace, { project: "seed" });
    expect(ended.code).toBe(0);
    expect(ended.stdout.replace(workspace.kuma.url, "http://kuma.example")).toMatchInlineSnapshot(`
      "# yaml-language-server: $schema=./config.schema.json
      #
      # Imported by kuma-sync from http://kuma.example, Uptime Kuma 2.5.3.
      #
      #   kuma-sync plan     shows what would change: only the adoptions
      #   kuma-sync apply    adopts every object that has an \`adopt\`; you can delete those lines afterwards
      #   kuma-sync schema > config.schema.json   lets an editor complete and check this file

      version: 1
      project: seed

      notifications:
        oncall:
          name: On call
          type: slack
          slackwebhookURL: \${env:ONCALL_SLACKWEBHOOK_URL}

      monitors:
        # Not managed yet: the server has no usable url and no usable keyword.
        # half-done:
        #   name: Half done
        #   type: keyword
        #   adopt: { id: 5 }

        single:
          name: Single
          type: http
          url: https://single.example
          authMethod: basic
          basicAuthUser: me
          basicAuthPass: \${env:SINGLE_BASIC_AUTH_PASS}

        # Edge: 1 monitor
        edge:
          name: Edge
          type: group

        gateway:
          name: Gateway
          type: http
          parent: edge
          url: https://gw.example
          headers:
            Authorization: Bearer \${env:GATEWAY_HEADERS_AUTHORIZATION}
          notifications: [oncall]

      # To be set in the environment, for what is secret:
      #
      #   ONCALL_SLACKWEBHOOK_URL
      #   SINGLE_BASIC_AUTH_PASS
      #   GATEWAY_HEADERS_AUTHORIZATION
      "
    `);
    expect(ended.stderr).toMatchInlineSnapshot(`
      "
      Imported 1 notification and 3 monitors, as project seed.

      Secrets are not written. Set:
        ONCALL_SLACKWEBHOOK_URL
        SINGLE_BASIC_AUTH_PASS
        GATEWAY_HEADERS_AUTHORIZATION

      Not represented:
        monitor 4 From later: this version does not know the type "tea-pot"; it is left alone
        monitor 5 Half done, url: is needed, and the server holds nothing that can be written; left as a comment
        monitor 5 Half done, keyword: is needed, and the server holds nothing that can be written; left as a comment
      "
    `);
  });

  test("shows no secret in any stream or file but the one for secrets", async () => {
    const workspace = await openByHand();
    const shown = [
      await runIn(workspace, { project: "seed" }),
      await runIn(workspace, { project: "seed", format: "json" }),
      await runIn(workspace, { project: "seed", split: "parts", secretsFile: "secrets.env", verbose: true }),
    ].map(({ stdout, stderr }) => stdout + stderr);
    const parts = readdirSync(join(workspace.folder, "parts"));
    const files = parts.map((name) => readFileSync(join(workspace.folder, "parts", name), "utf8"));
    expect(parts).toEqual(["common.yaml", "edge.yaml"]);
    expect(secrets.filter((secret) => [...shown, ...files].some((text) => text.includes(secret)))).toEqual([]);
    const kept = join(workspace.folder, "secrets.env");
    expect(secrets.filter((secret) => !readFileSync(kept, "utf8").includes(secret))).toEqual([]);
    expect(statSync(kept).mode & 0o777).toBe(0o600);
  });

  test("is one document in JSON, with names of variables and what is not represented", async () => {
    const workspace = await openByHand();
    const document = readDocument(await runIn(workspace, { project: "seed", format: "json", out: "all.yaml" }));
    expect(document).toMatchObject({
      type: "kuma-sync.import",
      project: "seed",
      files: ["all.yaml"],
      entities: { notification: 1, monitor: 3 },
      env: ["ONCALL_SLACKWEBHOOK_URL", "SINGLE_BASIC_AUTH_PASS", "GATEWAY_HEADERS_AUTHORIZATION"],
      notRepresented: [
        { kind: "monitor", name: "From later" },
        { kind: "monitor", name: "Half done", field: "url" },
        { kind: "monitor", name: "Half done", field: "keyword" },
      ],
    });
  });

  test.each<[string, Partial<ImportFlags>]>([
    ["monitors.yaml", { out: "monitors.yaml" }],
    ["there.env", { out: "new.yaml", secretsFile: "there.env" }],
    ["common.yaml", { split: ".", secretsFile: "new.env" }],
  ])("refuses to write over %s, and then writes nothing at all", async (name, flags) => {
    const workspace = await openByHand();
    for (const file of ["there.env", "common.yaml"]) writeFileSync(join(workspace.folder, file), "mine");
    const before = readFileSync(join(workspace.folder, name), "utf8");
    const ended = await runIn(workspace, flags);
    expect(ended.code).toBe(5);
    expect(ended.stderr).toContain(`"${name}" exists`);
    expect(readFileSync(join(workspace.folder, name), "utf8")).toBe(before);
    expect(["new.yaml", "new.env", "edge.yaml"].filter((file) => existsSync(join(workspace.folder, file)))).toEqual([]);
  });

  test("leaves what other projects own to them", async () => {
    const workspace = await openWorkspace(configOf({ api: 60 }));
    await workspace.run(["apply", "--auto-approve"]);
    const ended = await runIn(workspace, { project: "other" });
    expect(ended.stdout).not.toContain("api");
    expect(ended.stderr).toContain("Skipped 1 object that belongs to project shop.");
  });

  test("takes the project that is on the server, and its keys, when none is named", async () => {
    const workspace = await openWorkspace(configOf({ api: 60, web: 90 }));
    await workspace.run(["apply", "--auto-approve"]);
    const { stdout } = await runIn(workspace, { out: "again.yaml" });
    expect(stdout).toContain("Imported 2 monitors to again.yaml, as project shop.");
    const plan = await workspace.run(["plan", "-f", "again.yaml", "--detailed-exitcode"]);
    expect(plan.code).toBe(0);
  });

  test("imports what is selected, and refers to the project's other objects by key", async () => {
    const workspace = await openByHand();
    const { stdout } = await runIn(workspace, { project: "seed", select: ["gate*"], kind: ["monitor"] });
    expect(stdout).toContain("parent: edge");
    expect(stdout).toContain("notifications: [oncall]");
    expect(stdout).not.toContain("single");
    expect(stdout).toContain(
      "# This file refers to objects of the project that it does not declare. Use it together with the file that does:\n" +
        "#   monitor/edge\n#   notification/oncall\n",
    );
  });

  test("refers to what is not managed by name", async () => {
    const workspace = await openByHand();
    const { stdout } = await runIn(workspace, { project: "new", select: ["from*", "half*"] });
    expect(stdout).not.toContain("refers to objects of the project");
    workspace.kuma.seedMonitor({ name: "Rack", type: "group" });
    const [rack] = [...workspace.kuma.monitors].find(([, { name }]) => name === "Rack") ?? [0];
    workspace.kuma.seedMonitor({
      name: "Fan",
      type: "push",
      parent: rack,
      push_token: "fan-token-0123456789",
    });
    expect((await runIn(workspace, { project: "new", select: ["fan"] })).stdout).toContain("parent: { name: Rack }");
  });

  test("names the projects of the server when a selection finds nothing", async () => {
    const workspace = await openWorkspace(configOf({ api: 60 }));
    await workspace.run(["apply", "--auto-approve"]);
    workspace.write(configOf({ web: 60 }).replace("project: shop", "project: office"));
    await workspace.run(["apply", "--auto-approve"]);
    const ended = await workspace.run(["import", "--select", "api"]);
    expect(ended.code).toBe(64);
    expect(ended.stderr).toContain("nothing on the server is selected");
    expect(ended.stderr).toContain(
      "no project was named; the server has objects of shop (1 object), office (1 object)",
    );
    expect(ended.stderr).toContain("give --project shop");
  });

  test("says which push monitors have no token", async () => {
    const workspace = await openWorkspace(configOf({}));
    workspace.kuma.seedMonitor({ name: "Backup", type: "push", push_token: null });
    const ended = await runIn(workspace, { project: "seed" });
    expect(ended.stderr).toContain("Backup, pushToken: the server has none, so this cannot work yet");
  });

  test("says in the file how many fields an apply would reset", async () => {
    const workspace = await openWorkspace(
      'version: 1\nproject: seed\nmonitors: { q: { name: Q, type: json-query, url: "https://q.example", expectedValue: ok } }\n',
    );
    await workspace.run(["apply", "--auto-approve"]);
    for (const monitor of workspace.kuma.monitors.values()) Object.assign(monitor, { json_path_operator: null });
    const { stdout } = await runIn(workspace, { project: "seed" });
    expect(stdout).toContain("the adoptions, and 1 field that cannot be written as YAML");
  });

  test("a managed object of an unknown type stays on the server when the import is planned and applied", async () => {
    const workspace = await openWorkspace(configOf({ api: 60, kettle: 60 }));
    await workspace.run(["apply", "--auto-approve"]);
    const kettle = [...workspace.kuma.monitors.values()].find(({ name }) => name === "KETTLE") ?? {};
    Object.assign(kettle, { type: "tea-pot" });
    const ended = await runIn(workspace, { out: "again.yaml" });
    expect(ended.stdout).toContain(
      'this version does not know the type "tea-pot"; it stays managed, and plan leaves it alone',
    );
    const applied = await workspace.run(["apply", "-f", "again.yaml", "--auto-approve", "--allow-deletes", "9"]);
    expect(applied.code).toBe(0);
    expect([...workspace.kuma.monitors.values()].map(({ name }) => name)).toContain("KETTLE");
  });

  test("writes fields in the clear that are said to hold no secret", async () => {
    const workspace = await openByHand();
    const { stdout } = await runIn(workspace, { project: "seed", plain: ["headers"] });
    expect(stdout).toContain(`Authorization: Bearer ${secrets[0]}`);
  });
});
