#!/usr/bin/env node
/** The program: arguments in, text and an exit code out. Nothing else sets the exit code of the process. */
import { versionText } from "./commands/tool-version.ts";

// Node opens its inspector on SIGUSR1, to anybody who can send one, unless somebody listens. Before this line nothing of a
// file has been read, and no process that evaluates one runs.
process.on("SIGUSR1", () => undefined);

const args = process.argv.slice(2);
const [first = ""] = args;

// Asked for by every script that checks whether the tool is there, so it costs what Node costs.
if (args.length === 1 && ["version", "--version", "-V"].includes(first)) {
  process.stdout.write(versionText());
} else {
  const [{ exitCodeOf }, { main, tellUncaught }, { createProcessContext }, { tellWarning }] = await Promise.all([
    import("./model/exit-code.ts"),
    import("./commands/main.ts"),
    import("./commands/process-context.ts"),
    import("./commands/tell-warning.ts"),
  ]);
  const context = createProcessContext(process);
  // Node's own listener writes the warning as it is, and there is none with --no-warnings.
  if (process.listenerCount("warning") > 0) {
    process.removeAllListeners("warning");
    process.on("warning", (warning) => tellWarning(warning, context));
  }
  // Thrown where nobody waits for it, in a callback of a socket or a stream: told like any other error, and the end.
  process.on("uncaughtException", (error) => {
    const outcome = tellUncaught(error, args, context);
    // Exited with: what the error left behind may hold the process open for ever.
    process.exit(exitCodeOf(outcome));
  });
  // Set, not exited with: Node ends by itself once everything is written, also to a slow pipe.
  process.exitCode = await main(args, context);
}
