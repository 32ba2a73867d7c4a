/** Turns the result of an experiment into findings (docs/upstream/jsonata.md#reading-the-result). */
import { shownStatus, type Judgement } from "../check.ts";
import { whyNotJson } from "../not-json.ts";
import { decisiveDeadBodies } from "./dead-bodies.ts";
import type { ExperimentFinding, ExperimentRun, ExperimentReport, JudgedCase } from "./experiment-report.ts";

type Facts = Omit<ExperimentReport, "findings">;

export function classify(
  input: ExperimentRun,
  facts: Facts,
  tried: readonly JudgedCase[],
): readonly ExperimentFinding[] {
  const killed = tried.flatMap(({ name, judgements }) => {
    const judgement = judgements.find(({ status }) => status === "killed");
    return judgement === undefined ? [] : [{ name, judgement }];
  })[0];
  const findings: ExperimentFinding[] = [];
  if (killed !== undefined) {
    findings.push({
      rule: "unbounded-query",
      severity: "error",
      message: `the query on ${killed.name}: ${killed.judgement.message}`,
      why: "on a server, which has no limits, it would stop all monitoring",
    });
  }
  if (facts.healthy[0]?.status === "killed") return findings;
  if (!facts.passes) return [...findings, ...neverPasses(input, facts)];
  return [
    ...findings,
    ...disagreement(input, facts),
    ...blindness(input, facts),
    ...alarms(facts),
    ...byErrorOnly(facts, tried.filter((one) => one.isRefused === true).length),
    ...clock(input, facts),
    ...places(facts),
  ];
}

function neverPasses({ about, sample }: ExperimentRun, { healthy, servers }: Facts): readonly ExperimentFinding[] {
  const [judgement] = healthy;
  if (judgement === undefined || judgement.status === "killed") return [];
  const why = `Uptime Kuma ${servers[0] as string} says: ${judgement.message}`;
  const notJson = about === "query" && judgement.cause === "error" ? whyNotJson(sample.body) : undefined;
  if (notJson !== undefined) {
    const message = `the healthy sample is not JSON: ${notJson.what}; the query finds nothing in it`;
    return [{ rule: "not-json", severity: "error", message, hint: notJson.hint, why }];
  }
  const type = judgement.resultType;
  if (judgement.cause === "error" && type !== undefined && !["string", "number", "boolean"].includes(type)) {
    const hint =
      type === "array"
        ? "take one item with [0], or use $count(…), $exists(…)"
        : type === "undefined" || type === "null"
          ? "the field is not there; check the path"
          : "give a text, a number, true or false";
    return [
      {
        rule: "uncomparable-result",
        severity: "error",
        message: `on the healthy sample the query gives ${type === "undefined" ? "nothing" : type}, which is not compared`,
        hint,
        why,
      },
    ];
  }
  return [
    { rule: "sample-is-down", severity: "error", message: "the healthy sample is down: the monitor cannot pass", why },
  ];
}

function disagreement({ isUpsideDown = false }: ExperimentRun, facts: Facts): readonly ExperimentFinding[] {
  const { healthy, servers, splits } = facts;
  const other = healthy.findIndex((judgement) => shownStatus(judgement, isUpsideDown) !== "up");
  if (other > 0) {
    return [
      {
        rule: "sample-differs-by-release",
        severity: "error",
        message: `the healthy sample is up on Uptime Kuma ${servers[0] as string} and not on ${servers[other] as string}`,
        why: `Uptime Kuma ${servers[other] as string} says: ${(healthy[other] as Judgement).message}`,
      },
    ];
  }
  if (splits.names.length === 0) return [];
  const message = `${splits.names.length} of ${splits.total} cases differ between Uptime Kuma ${servers.join(", ")}: ${shorten(splits.names)}`;
  return [{ rule: "differs-by-release", severity: "warning", message }];
}

function blindness(input: ExperimentRun, { missed, seen }: Facts): readonly ExperimentFinding[] {
  if (missed.names.length === 0) return [];
  const bad = (input.badSamples ?? []).map(({ name }) => name);
  const isSevere =
    missed.names.length > missed.total / 2 ||
    missed.names.some((name) => [...decisiveDeadBodies, ...bad].includes(name));
  const isBlind = missed.names.length === missed.total;
  const message = isBlind
    ? `${seen.names.length === 0 ? "the monitor can never fail" : "the monitor is blind"}: it stays up for each of ${missed.total} dead responses`
    : `the monitor stays up for ${missed.names.length} of ${missed.total} dead responses: ${shorten(missed.names)}`;
  // An inverted keyword looks for a word that must not appear. It cannot detect anything else, so this is only a
  // warning.
  const severity = isSevere && input.about !== "inverted keyword" ? "error" : "warning";
  return [{ rule: "stays-up-when-dead", severity, message, ...wayOut(input) }];
}

function wayOut({ about, isUpsideDown }: ExperimentRun): Pick<ExperimentFinding, "hint" | "why"> {
  if (about !== "query") {
    return {
      hint: "look for a text that only a healthy response has, or use type json-query",
      why:
        about === "keyword"
          ? "a response that has the text is up, whatever else it says"
          : "a response without the text is up, also an empty one and a login page",
    };
  }
  return {
    hint:
      isUpsideDown === true
        ? "turn the query round in place of the monitor"
        : "also ask for something that is there only if the service works, for example $exists(data) and …",
    why: "a query runs on whatever comes back, JSON or not; a missing field counts as nothing, not as an error",
  };
}

function alarms({ falseAlarms }: Facts): readonly ExperimentFinding[] {
  if (falseAlarms.names.length === 0) return [];
  const message = `harmless changes would show the monitor down: ${shorten(falseAlarms.names)}`;
  return [{ rule: "fragile", severity: "warning", message }];
}

/** `refused` dead responses are down because of their status, so the query did not decide about them. */
function byErrorOnly({ canFailByValue, missed, seen }: Facts, refused: number): readonly ExperimentFinding[] {
  const failures = missed.total - missed.names.length - refused + seen.names.length;
  if (canFailByValue || failures === 0) return [];
  return [
    {
      rule: "fails-only-by-error",
      severity: "warning",
      message: "the monitor fails only by an error of the query, never by a value",
      why: "an error does not say what is wrong, is retried even with retryOnlyOnStatusCodeFailure, and is up when turned upside down",
    },
  ];
}

function clock({ query }: ExperimentRun, { isClockSensitive }: Facts): readonly ExperimentFinding[] {
  if (isClockSensitive) {
    return [
      {
        rule: "clock-or-chance",
        severity: "info",
        message: "the sample is up now and down later: the verdict depends on the clock",
      },
    ];
  }
  if (!/\$(?:now|millis)\b/.test(query ?? "")) return [];
  const message = "the query reads the clock, and the same response is still up a year later";
  return [{ rule: "clock-or-chance", severity: "warning", message }];
}

function places({ watched, blind }: Facts): readonly ExperimentFinding[] {
  if (watched.length + blind.length === 0) return [];
  const seen = watched.length === 0 ? "nothing" : watched.join(", ");
  const message = `watched: ${seen}; not watched: ${blind.length === 0 ? "nothing" : shorten(blind)}`;
  return [{ rule: "watched-fields", severity: "info", message }];
}

function shorten(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown}, and ${names.length - 5} more` : shown;
}
