#!/usr/bin/env node
/** The program: arguments in, text and an exit code out. Only cli/run-process.ts sets the exit code of the process. */
import { wantsDetail } from "./cli/wants-detail.ts";
import { versionText } from "./run/tool-version.ts";

// Node opens its inspector on SIGUSR1, to anybody who can send one, unless somebody listens. Before this line nothing of a
// file has been read, and no process that evaluates one runs.
process.on("SIGUSR1", () => undefined);

const args = process.argv.slice(2);
const [first = ""] = args;

// Asked for by every script that checks whether the tool is there, so it costs what Node costs.
if (args.length === 1 && ["version", "--version", "-V"].includes(first)) {
  process.stdout.write(versionText);
} else {
  // A stack trace is shown with -v. Reading the maps for it takes time, so nobody else pays for that.
  if (wantsDetail(args)) process.setSourceMapsEnabled(true);
  const { runProcess } = await import("./cli/run-process.ts");
  await runProcess(process, args);
}
