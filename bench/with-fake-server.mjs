import { spawn } from "node:child_process";

/** Calls `use` with the address of the tests' Uptime Kuma, or with the one that is given. */
export async function withFakeServer(given, use) {
  if (given !== undefined) return use(given);
  const child = spawn(process.execPath, [new URL("./fake-server.mjs", import.meta.url).pathname], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    const url = await new Promise((resolve, reject) => {
      child.stdout.once("data", (line) => resolve(String(line).trim()));
      child.once("exit", () => reject(new Error("the server did not start")));
    });
    return await use(url);
  } finally {
    child.stdin.end();
    await ended;
  }
}
