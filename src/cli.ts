#!/usr/bin/env node
/** The program: arguments in, text and an exit code out. Only cli/run-process.ts sets the exit code of the process. */
import { createRequire } from "node:module";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import type { runProcess } from "./cli/run-process.ts";
import { wantsDetail } from "./cli/wants-detail.ts";
import { versionText } from "./run/tool-version.ts";

// On SIGUSR1 Node opens its inspector to anyone who can send the signal, unless a listener takes it. Before this line no file
// has been read, and no evaluation process runs.
process.on("SIGUSR1", () => undefined);

const args = process.argv.slice(2);
const [first = ""] = args;

// Asked for by every script that checks whether the tool is there, so it costs what Node costs.
if (args.length === 1 && ["version", "--version", "-V"].includes(first)) {
  process.stdout.write(versionText);
} else {
  void loadProgram().then((program) => program.runProcess(process, args));
}

interface Program {
  readonly runProcess: typeof runProcess;
}

async function loadProgram(): Promise<Program> {
  // The V8 of Node 20 optimizes functions so early that a run of one or two seconds pays a quarter of its computing for it.
  // Newer ones wait by themselves, and do not have the flag.
  if (process.versions.v8.startsWith("11.3.")) setFlagsFromString("--interrupt-budget=600000");
  const folder = import.meta.dirname;
  // As scripts/bundle.mjs names it.
  const program = join(folder, "chunks", "program.js");
  // A stack trace is shown with -v. Reading the maps for it takes time, so no other run does; and Node reads them only for what
  // it loads itself.
  const isDetailed = wantsDetail(args);
  if (isDetailed) process.setSourceMapsEnabled(true);
  // Node's own variable, for its own cache of this kind.
  if (isDetailed || process.env["NODE_DISABLE_COMPILE_CACHE"] === "1")
    return createRequire(import.meta.url)(program) as Program;
  const { createChunkLoader } = await import("./cli/chunk-loader.ts");
  const { load, keep } = createChunkLoader(folder, args.find((arg) => /^[a-z]+$/u.test(arg)) ?? "help");
  process.once("exit", (code) => {
    // A run that ended early has not called what the next will call.
    if (code === 0 || code === 2) keep();
  });
  return load(program) as Program;
}
