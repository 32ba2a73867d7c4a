/** `--report`, `--format` and GitHub's files, for each command that has them, whatever becomes of the run. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { reportFormats, type ReportFormat, type ReportingCommand } from "../../../src/output/report-format.ts";
import type { Ended } from "../../commands/fake-context.ts";
import { configOf, openWorkspace, type Workspace } from "../../commands/workspace.ts";

/** How a report of each format begins, or what stands in it. */
const shapes: Readonly<Record<ReportFormat, RegExp>> = {
  json: /^\{\n {2}"type": "kuma-sync\./u,
  markdown: /^(?:<!-- kuma-sync:|#)/u,
  github: /^(?:::(?:error|warning|notice) |$)/u,
  html: /^<!doctype html>/u,
  sarif: /"version": "2\.1\.0"/u,
  junit: /^<\?xml /u,
};

const commands: Readonly<Record<ReportingCommand, readonly string[]>> = {
  validate: ["validate"],
  plan: ["plan"],
  apply: ["apply", "--auto-approve"],
  test: ["test"],
  drill: ["drill", "api", "--on-server", "--listen", "127.0.0.1:0"],
};

const pairs = Object.entries(reportFormats).flatMap(([command, formats]) =>
  formats.map((format) => [command as ReportingCommand, format] as const),
);

/** The fake server checks nothing, so a drill is refused: it does not reach the listener. test/drill/ has others. */
const usualCode = (command: ReportingCommand): number => (command === "drill" ? 5 : 0);

/** Ways to end a run, with the exit code of each, where the command can end so. */
const failures = [
  ["an invalid configuration", 3, () => true],
  ["no connection", 7, (command: ReportingCommand) => ["plan", "apply", "drill"].includes(command)],
  ["a usage error", 64, () => true],
] as const;

async function runFailing(
  failure: (typeof failures)[number][0],
  command: ReportingCommand,
  flags: readonly string[],
): Promise<{ readonly ended: Ended; readonly folder: string }> {
  const { run, write, folder } = await openWorkspace(configOf({ api: 60 }));
  if (failure === "an invalid configuration")
    write("version: 1\nproject: shop\nmonitors: { api: { type: nonsense } }\n");
  const env: Record<string, string> = failure === "no connection" ? { KUMA_SYNC_URL: "http://127.0.0.1:1" } : {};
  const wrong = failure === "a usage error" ? ["--nonsense"] : [];
  return { ended: await run([...commands[command], ...flags, ...wrong], { env }), folder };
}

describe.each(pairs)("%s --report %s=FILE", (command, format) => {
  it("is written beside the output of the run", async () => {
    const { run, folder } = await openWorkspace(configOf({ api: 60 }));
    const { code } = await run([...commands[command], "--report", `${format}=reports/run`]);
    expect(code).toBe(usualCode(command));
    expect(readFileSync(join(folder, "reports/run"), "utf8")).toMatch(shapes[format]);
  });

  it.each(failures.filter(([, , happens]) => happens(command)))("is written after %s", async (failure, exit) => {
    const { ended, folder } = await runFailing(failure, command, ["--report", `${format}=run`]);
    expect(ended.code).toBe(exit);
    const text = readFileSync(join(folder, "run"), "utf8");
    expect(text).toMatch(shapes[format]);
    // Nobody may take it for a run that was well.
    expect(text).toMatch(/error|fail|nonsense|cannot reach|KS1206|"ok": false/u);
  });
});

describe("stdout", () => {
  it.each(
    (["json", "markdown", "github"] as const).flatMap((format) =>
      (["validate", "plan", "apply"] as const).map((command) => [command, format] as const),
    ),
  )("%s --format %s carries exactly that", async (command, format) => {
    const { run, folder } = await openWorkspace(configOf({ api: 60 }));
    const { code, stdout } = await run([...commands[command], "--format", format, "--report", `${format}=run`]);
    expect(code).toBe(0);
    expect(stdout).toBe(readFileSync(join(folder, "run"), "utf8"));
  });

  it.each(failures)("also after %s", async (failure, exit) => {
    for (const format of ["json", "markdown", "github"] as const) {
      const { ended } = await runFailing(failure, "plan", ["--format", format]);
      expect(ended.code).toBe(exit);
      expect(ended.stdout).toMatch(shapes[format]);
      expect(ended.stdout).not.toBe("");
    }
  });
});

async function openAction(): Promise<Workspace & { readonly summary: () => string }> {
  const workspace = await openWorkspace(configOf({ api: 60, old: 60 }));
  await workspace.run(["apply", "--auto-approve"]);
  workspace.write(configOf({ api: 60 }));
  const file = join(workspace.folder, "summary.md");
  writeFileSync(file, "");
  const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: file, CI: "true" };
  return {
    ...workspace,
    run: (args, fake = {}) => workspace.run(args, { ...fake, env: { ...env, ...fake.env } }),
    summary: () => readFileSync(file, "utf8"),
  };
}

describe("in GitHub Actions", () => {
  it("a run for people has annotations on stderr and a summary of the step", async () => {
    const { run, summary } = await openAction();
    const refused = await run(["apply", "--auto-approve"]);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toMatch(/^::error title=KS4001::1 object would be deleted/mu);
    expect(refused.stdout).not.toMatch(/^::/mu);
    expect(summary()).toMatch(/^<!-- kuma-sync:shop:/u);
  });

  it("errors that end a run have them too", async () => {
    const { run, summary } = await openAction();
    const { code, stderr } = await run(["plan"], { env: { KUMA_SYNC_URL: "http://127.0.0.1:1" } });
    expect(code).toBe(7);
    expect(stderr).toMatch(/^::error title=kuma-sync::cannot reach/mu);
    expect(summary()).toContain("### kuma-sync failed");
  });
});

it.each([
  ["validate", ["--report", "json=run", "--report", "markdown=./run"], ["--report json", "--report markdown"]],
  ["test", ["--report", "json=run", "--report", "junit=./run"], ["--report json", "--report junit"]],
  ["plan", ["--out", "run", "--report", "json=./run"], ["--out", "--report json"]],
  ["plan", ["--report", "html=run", "--report", "json=run"], ["--report html", "--report json"]],
  ["apply", ["--report", "json=run", "--report", "html=x/../run"], ["--report json", "--report html"]],
] as const)("%s %j is refused before anything is done", async (command, flags, both) => {
  const { run, folder, kuma } = await openWorkspace(configOf({ api: 60 }));
  const { code, stderr } = await run([...commands[command], ...flags]);
  expect(code).toBe(64);
  expect(stderr).toContain(`${both.join(" and ")} would write to one file`);
  expect([existsSync(join(folder, "run")), kuma.log]).toEqual([false, []]);
});

it("a document on stdout is one, also when a report beside it cannot be written", async () => {
  const { run, kuma } = await openWorkspace(configOf({ api: 60 }));
  const ended = await run(["apply", "--auto-approve", "--format", "json", "--report", "html=monitors.yaml/x"]);
  expect(ended.code).toBe(1);
  expect(JSON.parse(ended.stdout)).toMatchObject({ type: "kuma-sync.report", result: "applied", ok: false });
  expect(ended.stderr).toContain('cannot write "monitors.yaml/x"');
  expect(kuma.monitors.size).toBe(1);
});
