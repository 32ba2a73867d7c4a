/** `npm run demo` to its end, as the README offers it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const script = fileURLToPath(new URL("../../scripts/demo.mjs", import.meta.url));

/** Neither an Open WebUI of yours nor a running Docker daemon: the stand-in and the installed npm package. */
const env = { ...process.env, OPEN_WEBUI_URL: "", OPEN_WEBUI_API_KEY: "", DOCKER_HOST: "tcp://127.0.0.1:1" };

test("the demo shows monitors that are all up, finds nothing more to do, and ends", { timeout: 300_000 }, async () => {
  const demo = spawn(process.execPath, [script, "--exit"], { env, stdio: ["ignore", "pipe", "pipe"] });
  const [[code], stdout, stderr] = await Promise.all([once(demo, "exit"), text(demo.stdout), text(demo.stderr)]);
  if (code !== 0) throw new Error(`the demo ended with ${String(code)}:\n${stdout}${stderr}`);
  const parts = [
    "The server now matches the configuration.",
    "8 monitors: 8 up.",
    "No changes. 11 managed objects match",
  ];
  expect(stdout).toMatch(new RegExp(parts.map((part) => part.replaceAll(".", "\\.")).join("[^]*"), "u"));
  expect(stdout.trimEnd().endsWith("Stopping and removing everything")).toBe(true);
});
