import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createTerminal } from "../../src/run/terminal.ts";
import { createFakeContext, runMain } from "../commands/fake-context.ts";

const flags = { format: "human", color: "never" } as const;
const screen = { answers: [], isStdoutTty: true };
const long = "word ".repeat(40).trim();

describe("terminal", () => {
  it("wraps text on a screen, and not in a pipe", () => {
    const shown = createFakeContext(screen);
    createTerminal(shown.context, flags).print(`${long}\n`);
    createTerminal(shown.context, flags).alert(`${long}\n`);
    for (const text of [shown.written.stdout, shown.written.stderr]) {
      expect(text.split("\n").filter((line) => line.length > 100)).toEqual([]);
    }
    const piped = createFakeContext();
    createTerminal(piped.context, flags).print(`${long}\n`);
    expect(piped.written.stdout).toBe(`${long}\n`);
  });

  it("does not wrap YAML and JSON", () => {
    const { context, written } = createFakeContext(screen);
    createTerminal(context, flags).printVerbatim(`${long}\n`);
    expect(written.stdout).toBe(`${long}\n`);
  });

  it("recognises a secret that wrapping would break over two lines", () => {
    const { context, written } = createFakeContext(screen);
    context.redactor.add(["correct horse battery staple"]);
    createTerminal(context, flags).print(`${"x".repeat(85)} correct horse battery staple\n`);
    expect(written.stdout).toContain("(sensitive)");
    expect(written.stdout).not.toMatch(/correct|staple/u);
  });

  it("clears the progress line before an error is printed", async () => {
    const cwd = mkdtempSync(join(tmpdir(), "kuma-sync-progress-"));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    writeFileSync(join(cwd, "monitors.yaml"), "version: 1\nproject: shop\nmonitors:\n  edge: { type: group }\n");
    // Nothing listens at port 9 of this machine.
    const env = { KUMA_SYNC_URL: "http://127.0.0.1:9", KUMA_SYNC_USERNAME: "admin", KUMA_SYNC_PASSWORD: "a-password" };
    const { stderr } = await runMain(["plan"], { cwd, env, answers: [] });
    expect(stderr).toContain("connecting to http://127.0.0.1:9");
    expect(stderr).toMatch(/(?:\n|\u001B\[2K)error: /u);
  });
});
