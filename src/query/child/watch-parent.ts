/** Ends the evaluation process when the process that started it is gone. */
import { workerData } from "node:worker_threads";

const parent = workerData as number;
const lookEvery = 250;

setInterval(() => {
  if (!isRunning()) process.kill(process.pid, "SIGKILL");
}, lookEvery);

function isRunning(): boolean {
  // An orphan gets another parent, except on Windows, where only asking for the process tells.
  if (process.ppid !== parent) return false;
  try {
    process.kill(parent, 0);
    return true;
  } catch {
    return false;
  }
}
