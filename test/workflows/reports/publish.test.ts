import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ReportRequest, Run } from "../../../src/run/run.ts";
import { findReports, parseReports } from "../../../src/workflows/reports/parse-reports.ts";
import { publish, publishError } from "../../../src/workflows/reports/publish.ts";
import { createTerminal } from "../../../src/run/terminal.ts";
import { KumaError, UsageError } from "../../../src/model/errors.ts";
import { exitCodeOf } from "../../../src/model/exit-code.ts";
import type { OutputFormat } from "../../../src/output/report-format.ts";
import type { ReportData } from "../../../src/model/report-data.ts";
import { richPlan } from "../../output/rich-plan.ts";
import { applied, findings, findingsData, planData } from "../../output/run-data.ts";
import { createFakeContext } from "../../commands/fake-context.ts";

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
  const withReports = (reports: readonly ReportRequest[] = []): Run => ({ context, terminal, flags: {}, reports });
  return { context, terminal, written, withReports, read: (name: string) => readFileSync(join(folder, name), "utf8") };
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
    const { context, withReports, read, written } = openRun({ folder });
    const report = ["json=a/b/plan.json", "markdown=plan.md", "github=plan.txt", "html=plan.html"];
    const reports = parseReports({ report }, "plan", context);
    await publish(withReports(reports), planData(richPlan, { findings }));
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
      const { terminal, withReports, read, written } = openRun({ folder, format });
      terminal.print("text for people\n");
      await publish(withReports([{ format, file: "report" }]), applied);
      expect(written).toEqual({ stdout: read("report"), stderr: "" });
    },
  );

  it("hides secrets in all of them, on stdout and in the summary", async () => {
    const folder = openFolder();
    const secret = "hunter2-hunter2";
    const data: ReportData = { ...findingsData(findings.map((finding) => ({ ...finding, message: `is ${secret}` }))) };
    const env = { GITHUB_STEP_SUMMARY: "summary.md" };
    const { context, withReports, read, written } = openRun({
      folder,
      format: "markdown",
      env,
      secrets: [secret],
    });
    const reports = parseReports({ report: ["json=a", "sarif=b", "github=c", "markdown=d"] }, "validate", context);
    await publish(withReports(reports), data);
    for (const text of [...["a", "b", "c", "d", "summary.md"].map(read), written.stdout]) {
      expect(text).toContain("(sensitive)");
      expect(text).not.toContain(secret);
    }
  });

  it("that cannot be written fails a successful run, after the others are written, with one document", async () => {
    const folder = openFolder();
    mkdirSync(join(folder, "taken"));
    const { context, withReports, read, written } = openRun({ folder, format: "json" });
    const reports = parseReports({ report: ["json=taken", "html=plan.html"] }, "plan", context);
    const outcome = await publish(withReports(reports), planData(richPlan));
    expect(exitCodeOf(outcome)).toBe(1);
    expect(written.stderr).toContain('cannot write "taken": it is a folder');
    expect(JSON.parse(written.stdout)).toMatchObject({ type: "kuma-sync.plan", ok: false });
    expect(read("plan.html")).toContain("</html>");
  });

  it("that cannot be written does not hide how a failed run ended", async () => {
    const folder = openFolder();
    mkdirSync(join(folder, "taken"));
    const { context, withReports, written } = openRun({ folder });
    const outcome = await publish(withReports(parseReports({ report: ["json=taken"] }, "apply", context)), applied);
    expect(outcome).toBe(applied.outcome);
    expect(written.stderr).toContain('cannot write "taken"');
  });

  it("is written for a run that ended with an error, whatever its arguments were", async () => {
    const folder = openFolder();
    const error = new KumaError("unreachable", "nothing answers");
    const { context, withReports, read, written } = openRun({ folder, format: "markdown" });
    const reports = findReports(
      ["diff", "--report", "json=a.json", "--report=html=b.html", "--nonsense"],
      "plan",
      context,
    );
    await publishError(withReports(reports), error);
    expect(JSON.parse(read("a.json"))).toMatchObject({ ok: false, error: { code: "unreachable" } });
    expect(read("b.html")).toContain("nothing answers");
    expect(written.stdout).toBe("### kuma-sync failed\n\nnothing answers\n");
  });

  it("is empty for arguments that cannot be parsed", () => {
    const context = { cwd: "/shop" };
    expect(findReports(["plan", "--report", "nonsense=file"], "plan", context)).toEqual([]);
    expect(findReports(["plan", "--out", "file", "--report", "json=file"], "plan", context)).toEqual([]);
    expect(findReports(["--report", "json=file"], undefined, context)).toEqual([]);
  });
});

describe("in GitHub Actions", () => {
  const env = { GITHUB_ACTIONS: "true" };

  it.each(["human", "json", "markdown"] as const)("%s on stdout comes with annotations on stderr", async (format) => {
    const { withReports, written } = openRun({ folder: openFolder(), format, env });
    await publish(withReports(), findingsData(findings));
    expect(written.stderr).toMatch(/^::error file=/mu);
    expect(written.stdout).not.toMatch(/^::/mu);
  });

  it("annotations on stdout are not repeated on stderr", async () => {
    const { withReports, written } = openRun({ folder: openFolder(), format: "github", env });
    await publish(withReports(), findingsData(findings));
    expect(written.stdout).toMatch(/^::error file=/mu);
    expect(written.stderr).toBe("");
  });

  it("an error that ended the run becomes an annotation", async () => {
    const { withReports, written } = openRun({ folder: openFolder(), env });
    const error = new KumaError("unreachable", "nothing answers");
    await publishError(withReports(), error);
    expect(written.stderr).toBe("error: nothing answers\n::error title=kuma-sync::nothing answers\n");
  });
});

describe("summary of a step", () => {
  it("is appended, as long as GitHub takes it", async () => {
    const folder = openFolder();
    const env = { GITHUB_STEP_SUMMARY: join(folder, "summary.md") };
    writeFileSync(env.GITHUB_STEP_SUMMARY, "before\n");
    const { withReports, read } = openRun({ folder, env });
    await publish(withReports(), planData(richPlan));
    expect(read("summary.md")).toMatch(/^before\n<!-- kuma-sync:payments:kuma\.example -->\n/u);
    writeFileSync(env.GITHUB_STEP_SUMMARY, "x".repeat(999_999));
    await publish(withReports(), planData(richPlan));
    expect(read("summary.md")).toHaveLength(999_999);
  });

  it("that cannot be written is reported and does not fail the run", async () => {
    const folder = openFolder();
    const { withReports, written } = openRun({ folder, env: { GITHUB_STEP_SUMMARY: folder } });
    await publish(withReports(), planData(richPlan));
    expect(written.stderr).toContain("cannot write");
  });
});
