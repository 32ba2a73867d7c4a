/**
 * `npm run contract -- CHECKOUT`: builds a checkout of Uptime Kuma in the cache, starts it on loopback with new data, sets it up,
 * and runs on it the contract suite and the laws that hold on every server. Ends everything it started.
 *
 *   --database sqlite|mariadb   default: sqlite; mariadb starts a MariaDB of its own, if this machine has one
 *   --node FILE                 the Node that the server runs on (3.0 needs 26); default: this one
 *   --page                      build the web page too, which no test looks at
 *   PATH …, -- FLAG …           what vitest runs in place of all tests that run on any server
 *
 * The checkout's own code runs, as the user who starts this. Exit codes: 0 passed, 1 failed, 64 wrong arguments, 130 interrupted.
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { prepare } from "./prepare.mjs";
import { importSources } from "./source-modules.mjs";

const usage =
  "usage: npm run contract -- CHECKOUT [--database sqlite|mariadb] [--node FILE] [--page] [TEST …] [-- VITEST_FLAG …]\n";

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        database: { type: "string", default: "sqlite" },
        node: { type: "string", default: process.execPath },
        page: { type: "boolean", default: false },
      },
    });
    const [checkout, ...vitestArgs] = positionals;
    if (checkout === undefined || !["sqlite", "mariadb"].includes(values.database)) return undefined;
    return { checkout, vitestArgs, database: values.database, node: values.node, hasPage: values.page };
  } catch {
    return undefined;
  }
}

const interrupted = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"])
  process.once(signal, () => interrupted.abort(new Error(`ended by ${signal}`)));

const options = readArguments();
if (options === undefined) {
  process.stderr.write(usage);
  process.exitCode = 64;
} else {
  try {
    await prepare();
    const [{ runContract }] = await importSources("scripts/contract/run-contract.ts");
    process.exitCode = await runContract({
      ...options,
      root: fileURLToPath(new URL("..", import.meta.url)),
      onProgress: (text) => process.stderr.write(`${text}\n`),
      signal: interrupted.signal,
    });
  } catch (error) {
    process.stderr.write(`${error.message}\n${error.hint ? `hint: ${error.hint}\n` : ""}`);
    process.exitCode = interrupted.signal.aborted ? 130 : 1;
  }
}
