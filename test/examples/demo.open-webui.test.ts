/** `npm run demo -- --real-open-webui`, to its end and interrupted. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, inject, test } from "vitest";

const script = fileURLToPath(new URL("../../scripts/demo.mjs", import.meta.url));
const limit = { timeout: 600_000 };

/** Not a running Docker daemon: the installed npm package. */
function startDemo(...args: readonly string[]): ChildProcess {
  const env = { ...process.env, DOCKER_HOST: "tcp://127.0.0.1:1" };
  return spawn(process.execPath, [script, "--real-open-webui", ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
}

/** Everything that it prints, and its exit code. */
async function ended(demo: ChildProcess): Promise<{ readonly code: number | null; readonly output: string }> {
  if (demo.stdout === null || demo.stderr === null) throw new Error("its output is not read");
  const [[code], stdout, stderr] = await Promise.all([once(demo, "exit"), text(demo.stdout), text(demo.stderr)]);
  return { code: code as number | null, output: stdout + stderr };
}

describe.skipIf(inject("openWebUI").tested.type === "missing")("the demo with a real Open WebUI", () => {
  test("shows the monitors of a broken provider go red, somebody who hears of it, and ends", limit, async () => {
    const { code, output } = await ended(startDemo("--exit"));
    const parts = [
      "9 monitors: 9 up.",
      "Breaking it: the OpenAI-like provider is gone",
      "on call hears: [Open WebUI completion gpt-4o-mini] [🔴 Down]",
      "Mending it",
      "on call hears: [Open WebUI completion gpt-4o-mini] [✅ Up]",
      "Stopping and removing everything",
    ];
    const missing = parts.filter((part) => !output.includes(part));
    if (code !== 0 || missing.length > 0) throw new Error(`the demo ended with ${String(code)}:\n${output}`);
    expect(parts.map((part) => output.indexOf(part))).toEqual(
      parts.map((part) => output.indexOf(part)).toSorted((left, right) => left - right),
    );
    expect(output).not.toContain("warning:");
  });

  test("ends both servers after Ctrl-C", limit, async () => {
    const demo = startDemo();
    const end = ended(demo);
    let seen = "";
    demo.stdout?.on("data", (piece: Buffer) => {
      const isFirst = !seen.includes("Still running");
      seen += piece.toString("utf8");
      if (isFirst && seen.includes("Still running")) demo.kill("SIGINT");
    });
    const { code, output } = await end;
    const urls = [...output.matchAll(/is up at (?<url>\S+)/gu)].map(({ groups }) => groups?.["url"] ?? "");
    if (code !== 0 || urls.length !== 2) throw new Error(`the demo ended with ${String(code)}:\n${output}`);
    for (const url of urls) await expect(fetch(url)).rejects.toThrow("fetch failed");
  });
});
