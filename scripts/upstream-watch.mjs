/**
 * `npm run upstream -- CHECKOUT`: compares a checkout of Uptime Kuma with what kuma-sync knows, and prints the differences as a
 * checklist. Only reads: nothing of the checkout is run.
 *
 *   --format human|markdown|json    default: human
 *   --record                        note what the checkout has as known of its release, when the list is worked through
 *
 * Exit codes: 0 nothing differs, 2 something does, 1 a part could not be read, 64 wrong arguments.
 */
import { parseArgs } from "node:util";
import { fileURLToPath } from "node:url";
import { prepare } from "./prepare.mjs";
import { importSources } from "./source-modules.mjs";

const usage = "usage: npm run upstream -- CHECKOUT [--format human|markdown|json] [--record]\n";
const root = fileURLToPath(new URL("..", import.meta.url));

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { format: { type: "string", default: "human" }, record: { type: "boolean", default: false } },
    });
    const [checkout] = positionals;
    if (positionals.length !== 1 || !["human", "markdown", "json"].includes(values.format)) return undefined;
    return { checkout, format: values.format, isRecording: values.record };
  } catch {
    return undefined;
  }
}

const options = readArguments();
if (options === undefined) {
  process.stderr.write(usage);
  process.exitCode = 64;
} else {
  await prepare();
  const [{ watch, knownFolder, folderSource }] = await importSources("scripts/upstream/watch.ts");
  const { code, text } = watch({ ...options, checkout: folderSource(options.checkout), known: knownFolder(root) });
  process.stdout.write(text);
  process.exitCode = code;
}
