/**
 * The tests' Uptime Kuma as a process of its own, until its input ends: it answers as 2.5.3 does and costs next to nothing,
 * so that what is left is our own work. Says its address on a line.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const compiled = `${root}.kuma-sync/bench-fake`;
execFileSync(`${root}node_modules/.bin/tsc`, ["-p", `${root}bench/tsconfig.json`, "--outDir", compiled]);
const { startFakeKuma } = await import(`${compiled}/test/fakes/kuma-server.js`);
const { url, close } = await startFakeKuma({ verdict: () => undefined });
process.stdout.write(`${url}\n`);
process.stdin.resume().on("end", () => void close());
