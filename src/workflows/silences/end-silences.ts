import type { KumaClient } from "../../model/kuma-client.ts";
import type { OwnSilence } from "./own-silences.ts";

/** Deletes their maintenances: alarms count again from the next check on. Throws KumaError. */
export async function endSilences(client: KumaClient, silences: readonly OwnSilence[]): Promise<void> {
  for (const { maintenance } of silences) await client.write("deleteMaintenance", maintenance);
}
