/** What a drill saw, in sentences that all formats share. */
import {
  drillState,
  isDisagreement,
  isNotified,
  drillProblems,
  type DrilledAlarm,
  type DrilledMonitor,
  type DrilledVariant,
  type DrillProblem,
  type DrillState,
} from "../../model/drilled-monitor.ts";
import { durationText } from "../../model/duration.ts";
import { joinWords, plural } from "./counts.ts";

/** One sentence, lower case, without a full stop. */
export function drillProblemText(problem: DrillProblem, monitor: DrilledMonitor): string {
  const { healthy } = monitor;
  switch (problem.type) {
    case "cannot-pass":
      return `its healthy sample is down, as test says: ${healthy?.message ?? ""}`;
    case "never-up":
      return healthy?.status === "none"
        ? `the server made no check of its healthy response: ${healthy.message}`
        : `its healthy response is down, and test says up: ${healthy?.message ?? ""}`;
    case "stayed-up":
      return `it stayed up for "${problem.variant}", and test says down`;
    case "went-down":
      return `it went down for "${problem.variant}", and test says up`;
    case "no-check":
      return `"${problem.variant}": ${variantOf(monitor, problem.variant)?.message ?? ""}`;
    case "not-recovered":
      return `it did not come up again after "${problem.variant}"`;
    case "silent":
      return `it went down for "${problem.variant}", and no notification came`;
    case "nobody":
      return "it went down, and nobody is notified: it names no notification, and no group above it does";
    default:
      return problem satisfies never;
  }
}

function variantOf({ variants }: DrilledMonitor, name: string): DrilledVariant | undefined {
  return variants.find((variant) => variant.name === name);
}

/** What can be done about all of them; one sentence each. */
export function drillAdvice(monitor: DrilledMonitor): readonly string[] {
  const problems = drillProblems(monitor);
  const isBug = problems.some(isDisagreement);
  return [
    ...(problems.some(({ type }) => type === "nobody")
      ? ["name a notification for it; notifications: [] says that this is meant"]
      : []),
    ...(isBug
      ? [
          "the server and kuma-sync disagree: that is a bug of kuma-sync; please report the monitor, its sample and the server's version",
        ]
      : []),
  ];
}

/** `count` of `total`. */
export interface Share {
  readonly count: number;
  readonly total: number;
}

/** The numbers of one monitor. */
export interface DrillCounts {
  /** What should be down: dead responses, and status codes and connections that fail. */
  readonly breakages: Share;
  /** Harmless changes that were down. */
  readonly falseAlarms: Share;
  /** Of the outages, those with a notification. */
  readonly notified: Share;
}

/** `9 of 10` */
export function shareText({ count, total }: Share): string {
  return total === 0 ? "-" : `${count} of ${total}`;
}

function downOf(list: readonly DrilledVariant[]): Share {
  return { count: list.filter(({ status }) => status === "down").length, total: list.length };
}

export function drillCounts({ variants }: DrilledMonitor): DrillCounts {
  const down = variants.filter(({ status }) => status === "down");
  return {
    breakages: downOf(variants.filter(({ group }) => group === "dead" || group === "outside")),
    falseAlarms: downOf(variants.filter(({ group }) => group === "harmless")),
    notified: { count: down.filter(isNotified).length, total: down.length },
  };
}

/** The first notification of an outage, as it came; where none could be received, that of a recovery. */
export function firstAlarm({ variants }: DrilledMonitor): DrilledAlarm | undefined {
  const seen = variants.find(({ alarm }) => alarm !== undefined)?.alarm;
  return seen ?? variants.find(({ recovered }) => recovered?.alarm !== undefined)?.recovered?.alarm;
}

/** The longest time that a notification took. */
export function slowestAlarm({ variants }: DrilledMonitor): number {
  const all = variants.flatMap(({ alarm, recovered }) => alarm ?? recovered?.alarm ?? []);
  return Math.max(0, ...all.map(({ ms }) => ms));
}

export function namesOf({ variants }: DrilledMonitor, status: DrilledVariant["status"]): readonly string[] {
  return variants.filter((variant) => variant.status === status).map(({ name }) => name);
}

/** `3 monitors drilled in 41 s: 1 failed and 2 passed.`, with what was not drilled. */
export function drillSummary(monitors: readonly DrilledMonitor[], ms: number): string {
  const count = (wanted: DrillState): number => monitors.filter((monitor) => drillState(monitor) === wanted).length;
  const skipped = count("skipped");
  const drilled = monitors.length - skipped;
  const counts = (["fail", "disagree", "pass"] as const).flatMap((state) => {
    const of = count(state);
    return of === 0 ? [] : [`${of} ${stateWords[state]}`];
  });
  const left = skipped === 0 ? "" : ` ${plural(skipped, "monitor")} not drilled.`;
  if (drilled === 0) return `No monitor was drilled.${left}`;
  return `${plural(drilled, "monitor")} drilled in ${durationText(ms)}: ${joinWords(counts)}.${left}`;
}

const stateWords = { fail: "failed", disagree: "judged otherwise by the server", pass: "passed" } as const;
