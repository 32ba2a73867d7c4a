import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const usage = fileURLToPath(new URL("./usage.cjs", import.meta.url));

/**
 * Runs Node to its end: `ms` from start to end, `cpuMs` of computing in user and system mode until Node takes itself down,
 * which a busy machine changes far less, peak memory in MB, and stdout. Throws on another exit code.
 */
export function runNode(args, { env = {}, exitCode = 0 } = {}) {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(process.execPath, ["--require", usage, ...args], {
      env: { PATH: process.env.PATH, NO_COLOR: "1", CI: "1", ...env },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    let used = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.stdio[3].on("data", (chunk) => (used += chunk));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code !== exitCode) reject(new Error(`exit code ${code} of ${args.join(" ")}\n${stdout}${stderr}`));
      else {
        const [microseconds, kilobytes] = used.split(" ").map(Number);
        resolve({
          ms: performance.now() - started,
          cpuMs: microseconds / 1000,
          megabytes: kilobytes / 1024,
          stdout,
        });
      }
    });
  });
}

export function median(numbers) {
  const sorted = numbers.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}
