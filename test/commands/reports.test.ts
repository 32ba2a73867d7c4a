import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { findReports, parseReports, publish, publishError } from "../../src/workflows/reports/reports.ts";
import { createTerminal } from "../../src/run/terminal.ts";
import { KumaError, UsageError } from "../../src/model/errors.ts";
import { exitCodeOf } from "../../src/model/exit-code.ts";
import type { OutputFormat } from "../../src/output/report-format.ts";
import type { ReportData } from "../../src/model/report-data.ts";
import { richPlan } from "../output/rich-plan.ts";
import { applied, findings, findingsData, planData } from "../output/run-data.ts";
import { createFakeContext } from "./fake-context.ts";

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "kuma-sync-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

interface Given {
  readonly folder: string;
  readonly format?: OutputFormat;
  readonly env?: Readonly<Record<string, string>>;
  readonly secrets?: readonly string[];
}

function openRun({ folder, format = "human", env = {}, secrets = [] }: Given) {
  const { context, written } = createFakeContext({ cwd: folder, env });
  context.redactor.add(secrets);
  const terminal = createTerminal(context, { format, color: "never" });
  return { context, terminal, written, read: (name: string) => readFileSync(join(folder, name), "utf8") };
}

describe("--report", () => {
  it("is a format of the command and a file", () => {
    const context = { cwd: "/shop" };
    expect(parseReports({ report: ["json=out/a=b.json", "html=p.html"] }, "plan", context)).toEqual([
      { format: "json", file: "out/a=b.json" },
      { format: "html", file: "p.html" },
    ]);
    for (const text of ["sarif=x", "json", "json=", "=x", "nothing=x"]) {
      expect(() => parseReports({ report: [text] }, "plan", context)).toThrow(UsageError);
    }
  });

  it.each([
    [{ report: ["json=a", "html=./a"] }, "--report json and --report html"],
    [{ report: ["json=/shop/a"], out: "b/../a" }, "--out and --report json"],
  ])("has a file of its own: %o", (flags, both) => {
    expect(() => parseReports(flags, "plan", { cwd: "/shop" })).toThrow(`${both} would write to one file`);
  });

  it("writes every report of one run, into folders that are made", async () => {
    const folder = openFolder();
    const { context, terminal, read, written } = openRun({ folder });
    const report = ["json=a/b/plan.json", "markdown=plan.md", "github=plan.txt", "html=plan.html"];
    const reports = parseReports({ report }, "plan", context);
    await publish(planData(richPlan, { findings }), { context, terminal, reports });
    expect(JSON.parse(read("a/b/plan.json"))).toMatchObject({ type: "kuma-sync.plan", ok: true });
    expect(read("plan.md")).toContain("<!-- kuma-sync:payments:kuma.example -->");
    expect(read("plan.txt")).toMatch(/^::error /u);
    expect(read("plan.html")).toMatch(/^<!doctype html>/u);
    expect(written).toEqual({ stdout: "", stderr: "" });
  });

  it.each(["json", "markdown", "github"] as const)(
    "%s on stdout is what the report says, and nothing else",
    async (format) => {
      const folder = openFolder();
      const { context, terminal, read, written } = openRun({ folder, format });
      terminal.print("text for people\n");
      await publish(applied, { context, terminal, reports: [{ format, file: "report" }] });
      expect(written).toEqual({ stdout: read("report"), stderr: "" });
    },
  );

  it("hides secrets in all of them, on stdout and in the summary", async () => {
    const folder = openFolder();
    const secret = "hunter2-hunter2";
    const data: ReportData = { ...findingsData(findings.map((finding) => ({ ...finding, message: `is ${secret}` }))) };
    const env = { GITHUB_STEP_SUMMARY: "summary.md" };
    const { context, terminal, read, written } = openRun({ folder, format: "markdown", env, secrets: [secret] });
    const reports = parseReports({ report: ["json=a", "sarif=b", "github=c", "markdown=d"] }, "validate", context);
    await publish(data, { context, terminal, reports });
    for (const text of [...["a", "b", "c", "d", "summary.md"].map(read), written.stdout]) {
      expect(text).toContain("(sensitive)");
      expect(text).not.toContain(secret);
    }
  });

  it("that cannot be written fails a run that was well, after the others are written, in one document", async () => {
    const folder = openFolder();
    mkdirSync(join(folder, "taken"));
    const { context, terminal, read, written } = openRun({ folder, format: "json" });
    const reports = parseReports({ report: ["json=taken", "html=plan.html"] }, "plan", context);
    const outcome = await publish(planData(richPlan), { context, terminal, reports });
    expect(exitCodeOf(outcome)).toBe(1);
    expect(written.stderr).toContain('cannot write "taken": it is a folder');
    expect(JSON.parse(written.stdout)).toMatchObject({ type: "kuma-sync.plan", ok: false });
    expect(read("plan.html")).toContain("</html>");
  });

  it("that cannot be written does not hide how a failed run ended", async () => {
    const folder = openFolder();
    mkdirSync(join(folder, "taken"));
    const { context, terminal, written } = openRun({ folder });
    const outcome = await publish(applied, {
      context,
      terminal,
      reports: parseReports({ report: ["json=taken"] }, "apply", context),
    });
    expect(outcome).toBe(applied.outcome);
    expect(written.stderr).toContain('cannot write "taken"');
  });

  it("is written for a run that ended with an error, whatever its arguments were", async () => {
    const folder = openFolder();
    const error = new KumaError("unreachable", "nothing answers");
    const { context, terminal, read, written } = openRun({ folder, format: "markdown" });
    const reports = findReports(["diff", "--report", "json=a.json", "--report=html=b.html", "--nonsense"], context);
    await publishError({ error, outcome: { type: "failed", error } }, { context, terminal, reports });
    expect(JSON.parse(read("a.json"))).toMatchObject({ ok: false, error: { code: "unreachable" } });
    expect(read("b.html")).toContain("nothing answers");
    expect(written.stdout).toBe("### kuma-sync failed\n\nnothing answers\n");
  });

  it("is none for arguments that cannot be understood", () => {
    const context = { cwd: "/shop" };
    expect(findReports(["plan", "--report", "nonsense=file"], context)).toEqual([]);
    expect(findReports(["plan", "--out", "file", "--report", "json=file"], context)).toEqual([]);
    expect(findReports(["--report", "json=file"], context)).toEqual([]);
  });

  it.each(["show", "destroy"])("is found for %s, whose reports are those of another command", (command) => {
    const found = findReports([command, "--report=json=file"], { cwd: "/shop" });
    expect(found).toEqual([{ format: "json", file: "file" }]);
  });
});

describe("in GitHub Actions", () => {
  const env = { GITHUB_ACTIONS: "true" };

  it.each(["human", "json", "markdown"] as const)("%s on stdout comes with annotations on stderr", async (format) => {
    const { context, terminal, written } = openRun({ folder: openFolder(), format, env });
    await publish(findingsData(findings), { context, terminal, reports: [] });
    expect(written.stderr).toMatch(/^::error file=/mu);
    expect(written.stdout).not.toMatch(/^::/mu);
  });

  it("annotations on stdout are not said twice", async () => {
    const { context, terminal, written } = openRun({ folder: openFolder(), format: "github", env });
    await publish(findingsData(findings), { context, terminal, reports: [] });
    expect(written.stdout).toMatch(/^::error file=/mu);
    expect(written.stderr).toBe("");
  });

  it("an error that ended the run is one too", async () => {
    const { context, terminal, written } = openRun({ folder: openFolder(), env });
    const error = new KumaError("unreachable", "nothing answers");
    await publishError({ error, outcome: { type: "failed", error } }, { context, terminal, reports: [] });
    expect(written.stderr).toBe("::error title=kuma-sync::nothing answers\n");
  });
});

describe("summary of a step", () => {
  it("is appended, as long as GitHub takes it", async () => {
    const folder = openFolder();
    const env = { GITHUB_STEP_SUMMARY: join(folder, "summary.md") };
    writeFileSync(env.GITHUB_STEP_SUMMARY, "before\n");
    const { context, terminal, read } = openRun({ folder, env });
    await publish(planData(richPlan), { context, terminal, reports: [] });
    expect(read("summary.md")).toMatch(/^before\n<!-- kuma-sync:payments:kuma\.example -->\n/u);
    writeFileSync(env.GITHUB_STEP_SUMMARY, "x".repeat(999_999));
    await publish(planData(richPlan), { context, terminal, reports: [] });
    expect(read("summary.md")).toHaveLength(999_999);
  });

  it("that cannot be written is told, and no failure", async () => {
    const folder = openFolder();
    const { context, terminal, written } = openRun({ folder, env: { GITHUB_STEP_SUMMARY: folder } });
    await publish(planData(richPlan), { context, terminal, reports: [] });
    expect(written.stderr).toContain("cannot write");
  });
});
