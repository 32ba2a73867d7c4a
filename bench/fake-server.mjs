/**
 * The tests' Uptime Kuma as a process of its own, until its input ends: it answers as 2.5.3 does and costs next to nothing,
 * so that what is left is our own work. Says its address on a line.
 */
import { importSources } from "../scripts/source-modules.mjs";

const [{ startFakeKuma }] = await importSources("test/fakes/kuma-server.ts");
const { url, close } = await startFakeKuma({ verdict: () => undefined });
process.stdout.write(`${url}\n`);
process.stdin.resume().on("end", () => void close());
