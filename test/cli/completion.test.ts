import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, test } from "vitest";
import { shells } from "../../src/commands/completion.ts";
import { builtProgram, runProgram } from "./built-program.ts";

// The build is not the time of any one test.
beforeAll(() => void builtProgram());

/** What the shell's script would show after these words. */
async function candidates(...words: readonly string[]): Promise<readonly string[]> {
  const { stdout, code } = await runProgram(["complete", "--", ...words]);
  expect(code).toBe(0);
  return stdout.trimEnd().split("\n");
}

describe("completion", () => {
  test.each(shells)("prints a script for %s that calls this program", async (shell) => {
    const { stdout, code } = await runProgram(["completion", shell]);
    expect(code).toBe(0);
    expect(stdout).toContain("kuma-sync complete");
  });

  test("the bash script can be loaded twice, and registers the program", async () => {
    const { stdout } = await runProgram(["completion", "bash"]);
    const shell = spawnSync("bash", ["-c", `${stdout}\n${stdout}\ncomplete -p kuma-sync`], { encoding: "utf8" });
    expect(shell.stderr).toBe("");
    expect(shell.stdout).toContain("kuma-sync");
  });

  test("commands, flags and the choices of a flag", async () => {
    expect((await candidates("pl")).map((line) => line.split("\t")[0])).toEqual(["plan", ":4"]);
    expect((await candidates("plan", "--detailed")).map((line) => line.split("\t")[0])).toEqual([
      "--detailed-exitcode",
      ":4",
    ]);
    expect((await candidates("plan", "--format", "")).map((line) => line.trim())).toEqual(
      expect.arrayContaining(["human", "json"]),
    );
  });

  test("after a flag that takes a file the shell completes files", async () => {
    expect(await candidates("plan", "-f", "")).toEqual([":0"]);
  });

  test("where a file may stand as an argument the shell completes files, but not in place of a flag or its value", async () => {
    expect(await candidates("validate", "")).toEqual([":0"]);
    expect(await candidates("apply", "-f", "a.yaml", "pl")).toEqual([":0"]);
    expect((await candidates("plan", "--detailed"))[0]).toContain("--detailed-exitcode");
    expect(await candidates("plan", "--url", "")).toEqual([":4"]);
    expect(await candidates("status", "")).not.toContain(":0");
  });

  test("the help does not list the command that the script calls", async () => {
    expect((await runProgram(["--help"])).stdout).not.toMatch(/^ +complete /mu);
  });
});
