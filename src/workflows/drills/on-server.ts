/** A drill on the real server, with copies under marks of their own. */
import { removeCopies } from "../../drill/copies.ts";
import { startListener, type DrillListener } from "../../drill/listener.ts";
import type { PlannedDrill, PlannedVariant } from "../../drill/planned-drill.ts";
import type { ConnectOptions } from "../../kuma/connect-options.ts";
import { connect } from "../../kuma/connect.ts";
import type { HeldLease } from "../../ledger/lease/hold-lease.ts";
import { KumaError, MachineError, RefusedError } from "../../model/errors.ts";
import type { KumaClient } from "../../model/kuma-client.ts";
import { leftCopiesText, removedCopiesText } from "../../output/human/drill-copies.ts";
import type { Run } from "../../run/run.ts";
import { untilAborted } from "../../run/until-aborted.ts";
import type { ConsentRefusal } from "../applying/consent.ts";
import { readFreeLease, takeProjectLease } from "../applying/take-project-lease.ts";
import { drillOn, newDrillRun } from "./drill-on.ts";
import type { Drilled, DrillRequest } from "./in-sandbox.ts";
import type { ListenAddress } from "./listen-address.ts";
import { ownNotifications } from "./own-notifications.ts";
import { asksForNames, chosenMonitors, planDrills } from "./plan-drills.ts";

export interface ServerDrillRequest extends DrillRequest {
  readonly connection: ConnectOptions;
  readonly listen: ListenAddress;
  /** One copy of each monitor has its real notifications too. */
  readonly notifies: boolean;
}

export type ServerDrill =
  | ({ readonly state: "drilled"; readonly url: string } & Drilled)
  | { readonly state: "busy"; readonly refusal: ConsentRefusal };

/**
 * Takes the project's lease, and leaves nothing on the server, also after a signal. Throws RefusedError when the server does not
 * reach the listener, MachineError when the address cannot be bound, KumaError, or the signal's reason.
 */
export async function drillOnServer(run: Run, request: ServerDrillRequest): Promise<ServerDrill> {
  const { context } = run;
  const { config, connection } = request;
  const client = await connect(connection);
  let lease: HeldLease | undefined;
  try {
    const { project } = config;
    const observed = await untilAborted(readFreeLease(client, project), context.signal);
    const waitMs = connection.timeouts?.call;
    const taken = await takeProjectLease(run, { client, project, observed, waitMs });
    if (taken.state === "held-by-other") return { state: "busy", refusal: taken.refusal };
    lease = taken.lease;
    // What it makes must go again, whatever happens.
    return await context.whileWriting(() => drillWithLease(run, client, request));
  } finally {
    if (lease !== undefined) await context.whileWriting(() => (lease as HeldLease).release());
    await client.close();
  }
}

async function drillWithLease(run: Run, client: KumaClient, request: ServerDrillRequest): Promise<ServerDrill> {
  const { terminal } = run;
  const { config, choice, limitMs, listen, notifies } = request;
  const { project } = config;
  const { server } = client;
  const left = await removeCopies(client, (mark) => mark.project === project);
  if (left > 0) terminal.note(removedCopiesText(left));
  const real = notifies ? await ownNotifications(client, project, chosenMonitors(config, choice.keys)) : new Map();
  const drills = await planDrills(run, { config, server, choice });
  const drillRun = newDrillRun();
  const listener = await listenAt(run, listen, asksForNames(drills));
  try {
    const monitors = await drillOn(run, {
      client,
      project,
      run: drillRun,
      drills,
      listener,
      noticeListener: listener,
      limitMs,
      alsoNotified: (drill, variant) => (variant === loudest(drill) ? (real.get(drill.key) ?? []) : []),
      onUnreachable: (why) => refuseUnreachable(listen, why),
    });
    return { state: "drilled", url: server.url, version: server.version, monitors };
  } finally {
    await removeRun(run, client, drillRun);
    await listener.end();
  }
}

/** The one variant that everybody hears of: one outage and one recovery are enough to prove the way to them. */
function loudest({ variants }: PlannedDrill): PlannedVariant | undefined {
  const down = variants.filter(({ expect }) => expect === "down");
  return down.find(({ way }) => way.type !== "closed") ?? down[0];
}

async function listenAt({ context }: Run, { host, port }: ListenAddress, hasDns: boolean): Promise<DrillListener> {
  try {
    return await startListener({ host, port, hasDns, now: () => context.now() });
  } catch (error) {
    const { code = "error" } = error as { readonly code?: string };
    throw new MachineError(`cannot listen at ${host}:${port} (${code})`, {
      cause: error,
      hint: "give an address of this machine, and a port that is free",
    });
  }
}

function refuseUnreachable({ host, port }: ListenAddress, why: string): never {
  throw new RefusedError(
    `Uptime Kuma does not reach ${host}:${port}, so nothing was drilled; it says: ${why}`,
    "give --listen the address under which the server finds this machine, and look at firewalls and containers between them",
  );
}

/** Hides no error of the drill itself: what stays is named, and goes with the next drill. */
async function removeRun({ terminal }: Run, client: KumaClient, run: string): Promise<void> {
  try {
    await removeCopies(client, (mark) => mark.run === run);
  } catch (error) {
    if (!(error instanceof KumaError)) throw error;
    terminal.alert(leftCopiesText(error.message));
  }
}
