/** Adds words to the facts of a plan. The result is shown, saved and published. */
import type { Plan } from "../../model/plan.ts";
import type { LedgerNote, PlanFacts } from "../../model/plan-facts.ts";
import type { ApplyReport, ReportFacts } from "../../model/progress.ts";
import { describeBlocker } from "./blockers/describe-blocker.ts";

export function describePlan({ blockers, ledgerNote, ...plan }: PlanFacts): Plan {
  return {
    ...plan,
    blockers: blockers.map((facts) => describeBlocker(facts)),
    ...(ledgerNote === undefined ? {} : { ledgerNote: ledgerNoteText(ledgerNote) }),
  };
}

export function describeReport({ verification, ...report }: ReportFacts): ApplyReport {
  return {
    ...report,
    verification:
      verification.state === "remaining"
        ? { ...verification, blockers: verification.blockers.map((facts) => describeBlocker(facts)) }
        : verification,
  };
}

const mostNamed = 5;

function ledgerNoteText({ unreadable, unrecognised }: LedgerNote): string {
  const reason =
    unreadable === undefined
      ? "there is no ledger on the server yet; the next apply writes it"
      : `the ledger on the server cannot be read: ${unreadable}`;
  if (unrecognised.length === 0) return reason;
  const keys = unrecognised.slice(0, mostNamed).join(", ");
  const more = unrecognised.length > mostNamed ? ", …" : "";
  return `${reason}. Without it these can only be recognised by their slug, title, name or address: ${keys}${more}; if one is on the server under another, name it with \`adopt: { id: … }\`, or there will be two`;
}
