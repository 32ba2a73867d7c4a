/** `--notify`: which notifications of the server a monitor has by its declaration. */
import type { DeclaredEntity } from "../../config/config.ts";
import { notification as notificationKind } from "../../kinds/notification.ts";
import type { Row } from "../../kinds/kind.ts";
import { isEntityKey, localKey } from "../../model/entity.ts";
import { RefusedError } from "../../model/errors.ts";
import type { Json } from "../../model/json.ts";
import { isJsonObject } from "../../model/json.ts";
import type { KumaReader } from "../../model/kuma-client.ts";

/** Ids by the monitor's key. Throws RefusedError for one that the server does not have. */
export async function ownNotifications(
  reader: KumaReader,
  project: string,
  monitors: readonly DeclaredEntity[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = await notificationKind.rows(reader, { freshness: "current" });
  return new Map(
    monitors.map(({ key, canonical }) => {
      const named = canonical["notifications"];
      const references = Array.isArray(named) ? (named as readonly Json[]) : [];
      return [key, references.map((reference) => idOf(reference, rows, project))];
    }),
  );
}

function idOf(reference: Json, rows: readonly Row[], project: string): number {
  const row = rows.find(({ id, name, owner }) => {
    if (isEntityKey(reference)) return owner?.project === project && owner.key === localKey(reference);
    return isJsonObject(reference) && (reference["id"] === id || reference["name"] === name);
  });
  if (row !== undefined) return row.id;
  const name = isEntityKey(reference) ? reference : JSON.stringify(reference);
  throw new RefusedError(
    `the server does not have ${name} yet; nothing was written`,
    "apply first, or leave out --notify",
  );
}
