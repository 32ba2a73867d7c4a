/**
 * Installs and builds the program: without any package's scripts, and without the secrets of the step that uses the action.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** What npm needs to run and to reach its registry. */
const needed =
  /^(?:PATH|HOME|USERPROFILE|SYSTEMROOT|COMSPEC|PATHEXT|APPDATA|LOCALAPPDATA|TEMP|TMP|TMPDIR|RUNNER_TEMP|LANG|CI|(?:HTTPS?|NO)_PROXY|NODE_EXTRA_CA_CERTS|NPM_CONFIG_(?:REGISTRY|CACHE))$/iu;

const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name)));
const cwd = process.argv[2] ?? fileURLToPath(new URL("..", import.meta.url));

for (const words of [
  ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
  ["run", "build", "--ignore-scripts"],
]) {
  const { status } = spawnSync("npm", words, { cwd, env, stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) {
    process.exitCode = status ?? 1;
    break;
  }
}
