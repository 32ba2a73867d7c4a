/** Sentences about the lease, which lets one run at a time write to a project. */
import { writtenDuration } from "../../model/duration.ts";
import type { LeaseHolder } from "../../model/lease.ts";
import { inert } from "../inert.ts";

/** The name that the other run reports, made inert like any text of a server. */
export function leaseHolderText(holder: LeaseHolder | undefined): string {
  if (holder === undefined) return "another run";
  const { name, host, pid, since } = holder;
  return `another run (${inert(name)} on ${inert(host)}, process ${pid}, since ${inert(since)})`;
}

/** `limitMs` is the longest wait, in milliseconds. */
export function leaseWaitText(holder: LeaseHolder | undefined, limitMs: number): string {
  return `waiting for ${leaseHolderText(holder)}, at most ${writtenDuration(limitMs / 1000)}\n`;
}

/** For a server that does not store the lease, with its reason. */
export function unstoredLeaseText(reason: string, project: string): string {
  return `warning: the server did not store the lease (${inert(reason)}); make sure that no other run applies project ${inert(project)} now\n`;
}

/** `to` is the run that has the lease now. */
export function lostLeaseText(to: LeaseHolder | undefined): string {
  return `the lease was lost: ${leaseHolderText(to)} took it over, so this run stopped writing; run plan to see where things stand\n`;
}

/** For a run that had to wait for the lease. */
export const outdatedPlanText = "making the plan again: the server may have changed since it was read\n";
