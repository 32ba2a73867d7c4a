/** One run in a real process, from arguments to an exit code. */
import { reasonOf } from "../model/system-reason.ts";
import { MachineError } from "../model/errors.ts";
import { exitCodeOf, isOk, type Outcome } from "../model/exit-code.ts";
import { main, printUncaught } from "./main.ts";
import { createProcessContext } from "./process-context.ts";
import { printWarning } from "./print-warning.ts";

/** Sets the exit code of the process; nothing else does. `args` are without the program's own name. */
export async function runProcess(owner: NodeJS.Process, args: readonly string[]): Promise<void> {
  // Node exits when nothing is left to wait for. If that happens before the run has ended, it has not succeeded.
  owner.exitCode = 1;
  let ended: Outcome | undefined;
  let lost: MachineError | undefined;
  const { context, letGo } = createProcessContext(owner, {
    onOverdue: () => {
      // What is still running would keep the process alive, and is not waited for.
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
    // Only set: Node exits by itself once everything is written, even to a slow pipe.
    owner.exitCode = exitCodeOf(ended);
  };
  // Replaces Node's own listener, which prints the warning unredacted. With --no-warnings there is none.
  if (owner.listenerCount("warning") > 0) {
    owner.removeAllListeners("warning");
    owner.on("warning", (warning) => printWarning(warning, context));
  }
  // Errors in a callback of a socket or a stream, which no run waits for. They are printed like other errors and end
  // the process.
  owner.on("uncaughtException", (error) => {
    const outcome = printUncaught(error, args, context);
    // Exits at once, because timers or sockets may keep the process running.
    owner.exit(exitCodeOf(outcome));
  });
  end(await main(args, context));
  letGo();
}
