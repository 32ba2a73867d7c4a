import type { Outcome } from "../../model/exit-code.ts";
import { renderRefusal } from "../../output/human/refusal.ts";
import { createDocument } from "../../output/json.ts";
import type { Run } from "../../run/run.ts";

/** Ends a run that would overwrite a file. `path` is as the user named it. */
export function refuseExisting({ terminal }: Run, command: "import" | "init" | "push-urls", path: string): Outcome {
  const outcome: Outcome = { type: "refused" };
  const refusal = `"${path}" exists and was left as it is`;
  terminal.alert(renderRefusal({ reason: "refused", refusal: `${refusal}; give another name` }, terminal.err.style));
  terminal.printDocument(createDocument(command, outcome, { path, refusal }));
  return outcome;
}
