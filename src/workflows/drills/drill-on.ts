/** The part of a drill that is the same on every server: the copies, their time limit, what they came to. */
import { randomBytes } from "node:crypto";
import { setMaxListeners } from "node:events";
import { drillServer } from "../../drill/drill-server.ts";
import type { DrillListener } from "../../drill/listener.ts";
import type { PlannedDrill, PlannedVariant, SkippedDrill } from "../../drill/planned-drill.ts";
import { whyUnreachable } from "../../drill/reach.ts";
import { runDrill } from "../../drill/run-drill.ts";
import type { DrillStage } from "../../drill/run-copy.ts";
import type { DrilledMonitor } from "../../model/drilled-monitor.ts";
import { durationText } from "../../model/duration.ts";
import { MachineError } from "../../model/errors.ts";
import type { KumaClient } from "../../model/kuma-client.ts";
import type { Run } from "../../run/run.ts";

export interface DrillSetup {
  readonly client: KumaClient;
  readonly project: string;
  /** As `newDrillRun` gave it. */
  readonly run: string;
  readonly drills: readonly (PlannedDrill | SkippedDrill)[];
  /** Where the copies ask. */
  readonly listener: DrillListener;
  /** Where the notifications arrive; may be the same. */
  readonly noticeListener: DrillListener;
  /** Milliseconds for all of it. */
  readonly limitMs: number;
  /** Ids of notifications that a copy has beside ours. */
  readonly alsoNotified?: (drill: PlannedDrill, variant: PlannedVariant | undefined) => readonly number[];
  /** Called with the server's words when it does not reach the listener; throws. Absent: it does. */
  readonly onUnreachable?: (why: string) => never;
}

/** Throws KumaError, the signal's reason, or what `onUnreachable` throws. What it made may still be there then. */
export async function drillOn({ context, terminal }: Run, setup: DrillSetup): Promise<readonly DrilledMonitor[]> {
  const { client, project, run, drills, listener, noticeListener, limitMs, alsoNotified = () => [] } = setup;
  const server = drillServer(client, noticeListener);
  const timer = new AbortController();
  const signal = AbortSignal.any([context.signal, timer.signal]);
  // Every copy waits for it.
  setMaxListeners(0, signal);
  const hearsWhileClosed = listener !== noticeListener;
  const common = { server, listener, project, run, signal, hearsWhileClosed, now: () => context.now() };
  const timeout = setTimeout(() => timer.abort(new Error("the time of the drill is up")), limitMs);
  try {
    if (setup.onUnreachable !== undefined) {
      terminal.status("trying whether the server reaches this machine");
      const why = await whyUnreachable({ ...common, notificationsOf: () => [] }).catch((error: unknown) => {
        if (!timer.signal.aborted || context.signal.aborted) throw error;
        throw new MachineError(`the drill could not begin within ${durationText(limitMs)}`, {
          hint: "give it more time with --timeout 5m",
        });
      });
      if (why !== undefined) setup.onUnreachable(why);
    }
    const webhook = await server.addWebhook({ project, run });
    const stage: DrillStage = {
      ...common,
      notificationsOf: (drill, variant) => (isToBeHeard(drill) ? [webhook, ...alsoNotified(drill, variant)] : []),
    };
    const monitors = await runDrill(stage, drills, ({ done, total, name }) =>
      terminal.status(`drilled ${done} of ${total} copies: ${name}`),
    );
    context.signal.throwIfAborted();
    return monitors;
  } finally {
    clearTimeout(timeout);
  }
}

/** The name of one run, for the marks of its copies. */
export function newDrillRun(): string {
  return randomBytes(8).toString("hex");
}

function isToBeHeard({ told }: PlannedDrill): boolean {
  return told === "notifications" || told === "group";
}
