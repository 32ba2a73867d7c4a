#!/usr/bin/env node
/** The program: arguments in, text and an exit code out. Only cli/run-process.ts sets the exit code of the process. */
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
  // A stack trace is shown with -v. Reading the maps for it takes time, so no other run does.
  if (wantsDetail(args)) process.setSourceMapsEnabled(true);
  const { runProcess } = await import("./cli/run-process.ts");
  await runProcess(process, args);
}
