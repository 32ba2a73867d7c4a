/** Saves plans in files and loads them, to apply or show them later. */
import { remedies } from "../../documents/read-document.ts";
import { UsageError } from "../../model/errors.ts";
import type { Outcome } from "../../model/exit-code.ts";
import type { Plan } from "../../model/plan.ts";
import { placesOf } from "../../output/document-places.ts";
import { createDocument, serialise } from "../../output/json.ts";
import type { PlanData } from "../../model/report-data.ts";
import type { Run } from "../../run/run.ts";
import type { PlanShape } from "./plan-options.ts";
import { readDocumentFile } from "../files/read-document-file.ts";
import { writeOver } from "../files/write-files.ts";

/** The plan, and what is needed to make it again. */
export interface SavedPlan {
  readonly plan: Plan;
  /** The name of the target; undefined if the configuration has none. */
  readonly target: string | undefined;
  readonly shape: PlanShape;
}

/** The file holds no secret and no hash of one. Throws MachineError. */
export async function savePlan(
  { context }: Run,
  path: string,
  { plan, findings, target, shape }: Pick<PlanData, "findings"> & SavedPlan,
): Promise<void> {
  const outcome: Outcome = { type: "done" };
  const body = { ...plan, findings, ...(target === undefined ? {} : { target }), shape };
  const document = createDocument("plan", outcome, body);
  await writeOver(context, path, serialise(context.redactor.data(document, placesOf(document))));
}

/** Throws as `readDocumentFile` does, and UsageError for a plan that was not saved with `plan --out`. */
export async function loadPlan({ context: { cwd } }: Run, path: string): Promise<SavedPlan> {
  const document = await readDocumentFile("plan", path, { cwd });
  const { findings: _findings, ok: _ok, shape, target, ...plan } = document;
  // Both files are plans by the schema, but only `plan --out` stores how the plan was made.
  if (shape === undefined) {
    throw new UsageError(`"${path}" is not a saved plan: it was printed by plan --format json`, remedies.plan);
  }
  return {
    plan: plan as unknown as Plan,
    target: target as string | undefined,
    shape: { ...noConsent, ...(shape as unknown as PlanShape) },
  };
}

/** Version 0.1.0 stored no consents, so everything that needs one is refused. */
const noConsent = { allowDeletes: 0, allowBulk: false } as const;
