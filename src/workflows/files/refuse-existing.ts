import type { Outcome } from "../../model/exit-code.ts";
import { inert } from "../../output/inert.ts";
import { createDocument } from "../../output/json.ts";
import type { Terminal } from "../../run/terminal.ts";

/** The end of a run that would have written over a file. `path` as the user named it. */
export function refuseExisting(command: "import" | "init", path: string, terminal: Terminal): Outcome {
  const outcome: Outcome = { type: "refused" };
  const refusal = `"${path}" exists and was left as it is`;
  terminal.alert(`${terminal.err.style.red("refused:")} ${inert(refusal)}; give another name\n`);
  terminal.printDocument(createDocument(command, outcome, { path, refusal }));
  return outcome;
}
