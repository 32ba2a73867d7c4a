/** Plans in files: an approval to be carried out later, or something to be looked at again. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { loadSchemaCheck } from "../config/schema-check.ts";
import { KumaError, MachineError, UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { isJsonObject, type Json, type JsonObject } from "../model/json.ts";
import { planFormatVersion, type Plan } from "../model/plan.ts";
import { createDocument, serialise } from "../output/json.ts";
import type { PlanData } from "../output/report-data.ts";
import type { Context } from "./context.ts";
import type { PlanShape } from "./plan-options.ts";

/** The plan and what it takes to make it again. */
export interface SavedPlan {
  readonly plan: Plan;
  /** The name of the target; undefined when the configuration has none. */
  readonly target: string | undefined;
  readonly shape: Required<PlanShape>;
}

/** Holds no secret and no hash of one. Throws MachineError. */
export async function savePlan(
  path: string,
  { plan, findings, target, shape }: Pick<PlanData, "findings"> & SavedPlan,
  { cwd, redactor }: Context,
): Promise<void> {
  const outcome: Outcome = { type: "done" };
  const body = { ...plan, findings, ...(target === undefined ? {} : { target }), shape };
  const file = resolve(cwd, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, serialise(redactor.document(createDocument("plan", outcome, body))));
  } catch (error) {
    throw new MachineError(`cannot write "${path}": ${(error as NodeJS.ErrnoException).code ?? "unknown reason"}`, {
      cause: error,
    });
  }
}

/** Throws UsageError for a file that holds no plan, KumaError "incompatible" for one of another format. */
export async function loadPlan(path: string, { cwd }: Pick<Context, "cwd">): Promise<SavedPlan> {
  const document = await readJsonFile(path, cwd);
  if (document["type"] !== "kuma-sync.plan") throw noPlan(path, `its type is not "kuma-sync.plan"`);
  const { formatVersion } = document;
  const [major] = planFormatVersion.split(".");
  if (typeof formatVersion !== "string" || formatVersion.split(".")[0] !== major) {
    throw new KumaError("incompatible", `"${path}" has the format ${String(formatVersion)}, and this is ${major}.x`, {
      hint: "make the plan again with this version",
    });
  }
  const check = await loadSchemaCheck();
  const schema = JSON.parse(
    await readFile(new URL("../../schemas/plan.schema.json", import.meta.url), "utf8"),
  ) as JsonObject;
  const [problem] = check(schema, document);
  if (problem !== undefined)
    throw noPlan(path, `${problem.pointer === "" ? "the top" : problem.pointer} is not as it must be`);
  const { shape } = document;
  if (!isJsonObject(shape)) throw noPlan(path, "it was not written by plan --out");
  const { findings: _findings, shape: _shape, target, ok: _ok, ...plan } = document;
  return {
    plan: plan as unknown as Plan,
    target: typeof target === "string" ? target : undefined,
    shape: shape as unknown as Required<PlanShape>,
  };
}

async function readJsonFile(path: string, cwd: string): Promise<JsonObject> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, path), "utf8");
  } catch (error) {
    throw new UsageError(`cannot read "${path}" (${(error as NodeJS.ErrnoException).code ?? "unknown reason"})`);
  }
  try {
    const json = JSON.parse(text) as Json;
    if (isJsonObject(json)) return json;
  } catch {
    // Told below, like any other file that is something else.
  }
  throw noPlan(path, "it is not JSON");
}

function noPlan(path: string, why: string): UsageError {
  return new UsageError(`"${path}" holds no plan: ${why}`, "make one with kuma-sync plan --out FILE");
}
