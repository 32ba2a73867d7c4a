/** Starts a silence: a maintenance from now on, which the server ends by itself. */
import type { Row } from "../../kinds/kind.ts";
import { maintenancePayload } from "../../kinds/maintenance/maintenance-payload.ts";
import { toNumber } from "../../kinds/codecs/number.ts";
import { silenceText } from "../../kinds/silence-marker.ts";
import { InternalError, KumaError } from "../../model/errors.ts";
import type { KumaClient } from "../../model/kuma-client.ts";
import { endSilences } from "./end-silences.ts";
import { ownSilences, type OwnSilence } from "./own-silences.ts";

export interface SilenceRequest {
  readonly project: string;
  readonly id: string;
  readonly reason: string;
  readonly seconds: number;
  readonly monitors: readonly Row[];
}

/** Seconds before now at which it starts, so that a clock of a proxy in front does not delay it. */
const earlier = 60;

/**
 * By the server's clock and in UTC, so that neither clock nor time zone of this machine count. An older silence with the
 * same id is replaced, without a moment between them; those that are over are deleted. Throws KumaError; nothing new is left on the server then, unless
 * the connection was lost.
 */
export async function startSilence(client: KumaClient, request: SilenceRequest): Promise<OwnSilence> {
  const { project, id, reason, seconds, monitors } = request;
  const now = await client.clock();
  const before = await ownSilences(client, project);
  const { maintenanceID } = await client.write(
    "addMaintenance",
    maintenancePayload({
      title: reason,
      description: silenceText({ project, id }),
      strategy: "single",
      active: true,
      startDate: inServerForm(now - earlier * 1000),
      endDate: inServerForm(now + seconds * 1000),
      timezoneOption: "UTC",
    }),
  );
  const maintenance = toNumber(maintenanceID);
  if (maintenance === null) throw new InternalError("the server created a maintenance and did not say its id");
  let started: OwnSilence | undefined;
  try {
    await client.write(
      "addMonitorMaintenance",
      maintenance,
      monitors.map((monitor) => ({ id: monitor.id })),
    );
    started = (await ownSilences(client, project)).find((one) => one.maintenance === maintenance);
    if (started?.state !== "running") throw notRunning(client);
  } catch (error) {
    // A maintenance that covers nothing, or not everything, must not look like a silence.
    await client.write("deleteMaintenance", maintenance).catch(() => undefined);
    throw error;
  }
  await endSilences(
    client,
    before.filter((one) => one.id === id || one.state === "ended"),
  );
  return started;
}

function notRunning({ server }: KumaClient): KumaError {
  return new KumaError("incomplete", `${server.url} does not count the new maintenance as running`, {
    hint: "the clock of the server and the Date of its answers differ: look at both, and at what stands in front of the server",
  });
}

/** As the page of Uptime Kuma sends it, with seconds. */
function inServerForm(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
