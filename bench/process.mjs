import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const maxRss = new URL("./max-rss.mjs", import.meta.url).href;

/** Runs Node to its end: wall time in ms, peak memory in MB (only with `memory`), and stdout. Throws on another exit code. */
export function runNode(args, { env = {}, memory = false, exitCode = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, [...(memory ? ["--import", maxRss] : []), ...args], {
      env: { PATH: process.env.PATH, NO_COLOR: "1", CI: "1", ...env },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    let rss = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.stdio[3].on("data", (chunk) => (rss += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== exitCode) reject(new Error(`exit code ${code} of ${args.join(" ")}\n${stdout}${stderr}`));
      else resolve({ ms: performance.now() - started, stdout, megabytes: Number(rss) / 1024 });
    });
  });
}

export function median(numbers) {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}
