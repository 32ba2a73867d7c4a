/** Plans in files: an approval to be carried out later, or something to be looked at again. */
import { checkSchema } from "../../config/sections/schema-check.ts";
import { KumaError, UsageError } from "../../model/errors.ts";
import type { Outcome } from "../../model/exit-code.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { planFormatVersion, type Plan } from "../../model/plan.ts";
import { placesOf } from "../../output/document-places.ts";
import { createDocument, serialise } from "../../output/json.ts";
import type { PlanData } from "../../model/report-data.ts";
import type { Run } from "../../run/run.ts";
import type { PlanShape } from "./plan-options.ts";
import { readNamedFile } from "../files/read-named-file.ts";
import { readSchema } from "../files/published-schemas.ts";
import { writeOver } from "../files/write-files.ts";

const madeBy = "make one with kuma-sync plan --out FILE";

/** The plan and what it takes to make it again. */
export interface SavedPlan {
  readonly plan: Plan;
  /** The name of the target; undefined when the configuration has none. */
  readonly target: string | undefined;
  readonly shape: PlanShape;
}

/** Holds no secret and no hash of one. Throws MachineError. */
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

/** Throws UsageError for a file that holds no plan, KumaError "incompatible" for one of another format. */
export async function loadPlan({ context }: Run, path: string): Promise<SavedPlan> {
  const document = await readJsonFile(path, context.cwd);
  if (document["type"] !== "kuma-sync.plan") throw noPlan(path, `its type is not "kuma-sync.plan"`);
  refuseOtherFormat(path, document["formatVersion"]);
  const [problem] = checkSchema(JSON.parse(await readSchema("plan")) as JsonObject, document);
  if (problem !== undefined) {
    throw noPlan(path, `${problem.pointer === "" ? "its top" : problem.pointer} is not as it must be`);
  }
  const { findings: _findings, ok: _ok, shape, target, ...plan } = document;
  if (shape === undefined) throw noPlan(path, "it was not written by plan --out");
  // The schema has checked the rest of these types.
  return {
    plan: plan as unknown as Plan,
    target: target as string | undefined,
    shape: { ...noConsent, ...(shape as unknown as PlanShape) },
  };
}

/** Version 0.1.0 stored no consent: what needs one is refused. */
const noConsent = { allowDeletes: 0, allowBulk: false } as const;

function refuseOtherFormat(path: string, version: Json | undefined): void {
  const [major] = planFormatVersion.split(".");
  if (typeof version === "string" && version.split(".")[0] === major) return;
  throw new KumaError("incompatible", `"${path}" has the format ${JSON.stringify(version)}, and this is ${major}.x`, {
    hint: "make the plan again with this version",
  });
}

async function readJsonFile(path: string, cwd: string): Promise<JsonObject> {
  const text = await readNamedFile(path, cwd, { hint: madeBy });
  try {
    const json = JSON.parse(text) as Json;
    if (isJsonObject(json)) return json;
  } catch {
    // Told below, like any other file that is something else.
  }
  throw noPlan(path, "it is not a JSON object");
}

function noPlan(path: string, why: string): UsageError {
  return new UsageError(`"${path}" is not a saved plan: ${why}`, madeBy);
}
