/** One run in a real process: from arguments to an exit code, whatever happens on the way. */
import { reasonOf } from "../model/system-reason.ts";
import { MachineError } from "../model/errors.ts";
import { exitCodeOf, isOk, type Outcome } from "../model/exit-code.ts";
import { main, printUncaught } from "./main.ts";
import { createProcessContext } from "./process-context.ts";
import { printWarning } from "./print-warning.ts";

/** Sets the exit code of the process; nothing else does. `args` are without the program's own name. */
export async function runProcess(owner: NodeJS.Process, args: readonly string[]): Promise<void> {
  // Node ends when nothing is left to wait for. A run that it was waiting for in vain has not succeeded.
  owner.exitCode = 1;
  let ended: Outcome | undefined;
  let lost: MachineError | undefined;
  const { context, letGo } = createProcessContext(owner, {
    onOverdue: () => {
      // What still runs would hold the process, and is not waited for.
      const outcome = ended ?? printUncaught(context.signal.reason, args, context);
      owner.exit(exitCodeOf(outcome));
    },
    onLostOutput: (error) => {
      lost = new MachineError(`cannot write to standard output: ${reasonOf(error)}`, { cause: error });
      printUncaught(lost, args, context);
      if (ended !== undefined) end(ended);
    },
  });
  const end = (outcome: Outcome): void => {
    ended = lost !== undefined && isOk(outcome) ? { type: "failed", error: lost } : outcome;
    // Set, not exited with: Node ends by itself once everything is written, also to a slow pipe.
    owner.exitCode = exitCodeOf(ended);
  };
  // Node's own listener writes the warning as it is, and there is none with --no-warnings.
  if (owner.listenerCount("warning") > 0) {
    owner.removeAllListeners("warning");
    owner.on("warning", (warning) => printWarning(warning, context));
  }
  // Thrown in a callback of a socket or a stream, where no run waits for it: printed like any other error. It ends the
  // process.
  owner.on("uncaughtException", (error) => {
    const outcome = printUncaught(error, args, context);
    // Exited with: timers or sockets that the error left behind may keep the process running.
    owner.exit(exitCodeOf(outcome));
  });
  end(await main(args, context));
  letGo();
}
