/** Objects that a plan would change and the server would not, because they lost their owner in an upgrade to Uptime Kuma 3.x. */
import { isCookieLine } from "../../kuma/capabilities.ts";
import { KumaError } from "../../model/errors.ts";
import type { Finding } from "../../model/finding.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import type { Plan, Step } from "../../model/plan.ts";
import { plural } from "../../output/words/counts.ts";

/**
 * At most one finding. A notification's row names its owner; a monitor's does not, so each that the plan touches is asked
 * for: the server shows those of nobody in its lists only.
 */
export async function ownerlessObjects(
  reader: KumaReader,
  { steps }: Pick<Plan, "steps">,
): Promise<readonly Finding[]> {
  if (!isCookieLine(reader.server.version)) return [];
  const touched = steps.flatMap((step) => ("id" in step ? [step] : []));
  const isOwnerless = async ({ kind, id }: Step & { readonly id: number }): Promise<boolean> => {
    if (kind === "monitor") return isRefused(reader, id);
    return kind === "notification" && (await isUnowned(reader, id));
  };
  const found = (await Promise.all(touched.map(isOwnerless))).filter(Boolean).length;
  if (found === 0) return [];
  return [
    {
      code: "KS1451",
      severity: "warning",
      message: `${plural(found, "object")} of this plan ${found === 1 ? "has" : "have"} belonged to no user since the upgrade to Uptime Kuma 3.x; the server will refuse to change ${found === 1 ? "it" : "them"}`,
      hint: "docs/uptime-kuma-3.md says how to give such objects an owner",
    },
  ];
}

async function isUnowned(reader: KumaReader, id: number): Promise<boolean> {
  const rows = await reader.list("notificationList");
  return (
    Array.isArray(rows) && rows.some((row: Json) => isJsonObject(row) && row["id"] === id && row["userId"] === null)
  );
}

async function isRefused(reader: KumaReader, id: number): Promise<boolean> {
  try {
    await reader.read("getMonitor", id);
    return false;
  } catch (error) {
    if (error instanceof KumaError && error.code === "ownerless") return true;
    throw error;
  }
}
