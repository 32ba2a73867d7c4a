/** Takes the lease of the project, so that no other run writes to it at the same time. */
import { randomUUID } from "node:crypto";
import type { HeldLease } from "../../ledger/lease/hold-lease.ts";
import { takeLease } from "../../ledger/lease/take-lease.ts";
import { readSettings } from "../../kinds/settings/store-settings.ts";
import { durationText } from "../../model/duration.ts";
import { KumaError } from "../../model/errors.ts";
import type { KumaClient, KumaReader } from "../../model/kuma-client.ts";
import type { LeaseHeld, LeaseHolder } from "../../model/lease.ts";
import { leaseHolderText, leaseWaitText, unstoredLeaseText } from "../../output/human/lease.ts";
import { isFree, readLease } from "../../ledger/lease/lease-record.ts";
import { nameOfRun } from "../../run/name-of-run.ts";
import type { Run } from "../../run/run.ts";
import type { ConsentRefusal } from "./consent.ts";

/** Milliseconds without --timeout: longer than it takes to see that a holder is dead. */
const usualWaitMs = 60_000;

/** The record of the lease at the time of the observation; undefined if a run had the lease, or it is not known. */
export type FreeLease = string | undefined;

/** Call it before the server is observed: a run that writes after this changes the record. */
export async function readFreeLease(reader: KumaReader, project: string): Promise<FreeLease> {
  try {
    const { record } = readLease(await readSettings(reader), project);
    return isFree(record) ? record.text : undefined;
  } catch (error) {
    if (error instanceof KumaError && error.code === "rejected") return undefined;
    throw error;
  }
}

export type ProjectLease =
  | {
      readonly state: "taken";
      /** Undefined if the server does not store it; nothing then keeps two runs apart. */
      readonly lease: HeldLease | undefined;
      /** Whether another run may have written since `observed` was read. */
      readonly isOutdated: boolean;
    }
  | { readonly state: "held-by-other"; readonly refusal: ConsentRefusal };

export interface ProjectLeaseInput {
  readonly client: KumaClient;
  readonly project: string;
  /** As `readFreeLease` returned it. */
  readonly observed: FreeLease;
  /** Milliseconds, from --timeout. */
  readonly waitMs: number | undefined;
}

/** Throws KumaError if the server does not answer, and the signal's reason if the run is aborted. */
export async function takeProjectLease(
  { context, terminal }: Run,
  { client, project, observed, waitMs = usualWaitMs }: ProjectLeaseInput,
): Promise<ProjectLease> {
  const since = new Date().toISOString().replace(/\.\d+Z$/u, "Z");
  const holder: LeaseHolder = context.redactor.data({ ...nameOfRun(context), since }, "text");
  const taken = await takeLease({
    client,
    project,
    id: randomUUID(),
    holder,
    waitMs,
    clock: { now: () => context.now(), wait: (ms, stop) => context.wait(ms, stop), random: Math.random },
    signal: context.signal,
    onWait: (other) => terminal.note(leaseWaitText(other, waitMs)),
  });
  switch (taken.state) {
    case "taken":
      return { state: "taken", lease: taken.lease, isOutdated: taken.hasWaited || taken.replaced.text !== observed };
    case "unwritten":
      terminal.note(unstoredLeaseText(taken.reason, project));
      return { state: "taken", lease: undefined, isOutdated: false };
    case "held":
      return { state: "held-by-other", refusal: heldRefusal(taken, project) };
    default:
      return taken satisfies never;
  }
}

function heldRefusal({ holder, watchedMs }: LeaseHeld, project: string): ConsentRefusal {
  return {
    given: false,
    reason: "busy",
    refusal: `${leaseHolderText(holder)} is writing project ${project}; waited ${durationText(watchedMs)}, nothing was written`,
    hint: "run this again when that run has ended, or wait longer with --timeout 5m; the lease of a run that died is taken over after 20 s",
  };
}
