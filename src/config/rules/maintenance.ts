import { isRealMoment, isTimeZone } from "../../kinds/maintenance/calendar.ts";
import { cronProblem } from "../../kinds/maintenance/cron-pattern.ts";
import { serverZone, strategies, strategyOnly } from "../../kinds/maintenance/maintenance-fields.ts";
import type { Finding } from "../../model/finding.ts";
import { pointerTo, type Json } from "../../model/json.ts";
import type { WrittenEntity } from "../config.ts";
import { findingFor, isHidden, isWithheld, quoted } from "../entity-finding.ts";
import { childPlace } from "../source/positions.ts";
import type { Rule } from "./rule.ts";

/**
 * What a strategy needs, and that its times are times. The servers check little of it, and some of it too late: a
 * failed add can leave its row behind, and a date that is none stops 1.23 from listing any maintenance
 * (docs/upstream/uptime-kuma.md#maintenance).
 */
export const maintenance: Rule = {
  name: "maintenance",
  check: ({ entities }) =>
    entities
      .filter(({ kind }) => kind === "maintenance")
      .flatMap((entity) => [...checkStrategy(entity), ...checkPeriod(entity), ...checkRecurrence(entity)]),
};

function checkStrategy(entity: WrittenEntity): readonly Finding[] {
  const strategy = textOf(entity, "strategy");
  const fields = strategy === undefined ? undefined : strategies[strategy];
  if (strategy === undefined || fields === undefined || isHidden(entity, "/strategy")) return [];
  const missing = fields.needs.filter((name) => !isSaid(entity, name));
  const unused = [...strategyOnly, "start", "end"].filter(
    (name) => isSaid(entity, name) && !fields.needs.includes(name) && !fields.takes.includes(name),
  );
  return [
    ...missing.map((name) =>
      findingFor(entity, {
        code: "KS1407",
        severity: "error",
        message: `strategy: ${strategy} needs "${name}"`,
        ...exampleOf(entity, name),
        pointer: "/strategy",
      }),
    ),
    ...unused.map((name) =>
      findingFor(entity, {
        code: "KS1410",
        severity: "error",
        message: `"${name}" has no meaning under strategy: ${strategy}`,
        hint: `leave it out; ${usersOf(name).join(", ")} ${usersOf(name).length === 1 ? "has" : "have"} it`,
        pointer: pointerTo(name),
        isAboutKey: true,
      }),
    ),
  ];
}

function usersOf(name: string): readonly string[] {
  return Object.entries(strategies).flatMap(([strategy, { needs, takes }]) =>
    needs.includes(name) || takes.includes(name) ? [strategy] : [],
  );
}

function exampleOf({ variant }: WrittenEntity, name: string): Pick<Finding, "hint"> {
  const examples = variant.fields[name]?.schema["examples"];
  return Array.isArray(examples) ? { hint: `for example ${name}: ${JSON.stringify(examples[0])}` } : {};
}

function checkPeriod(entity: WrittenEntity): readonly Finding[] {
  const [start, end] = [textOf(entity, "start"), textOf(entity, "end")];
  const wrong = ["start", "end"].filter((name) => {
    const moment = textOf(entity, name);
    return moment !== undefined && !isRealMoment(moment);
  });
  if (wrong.length > 0) {
    return wrong.map((name) =>
      malformed(entity, name, `${shown(entity, name)} is in no calendar`, "a day and a time that exist"),
    );
  }
  if (start === undefined || end === undefined || start < end) return [];
  if (isWithheld(entity, "/start") || isWithheld(entity, "/end")) return [];
  const message = '"end" is not after "start"';
  return [findingFor(entity, { code: "KS1205", severity: "error", message, pointer: "/end" })];
}

function checkRecurrence(entity: WrittenEntity): readonly Finding[] {
  const [from, to] = textOf(entity, "timeRange")?.split("-") ?? [];
  const cron = textOf(entity, "cron");
  const problem = cron === undefined ? undefined : cronProblem(cron);
  const zone = textOf(entity, "timezone");
  const seconds = canonicalOf(entity, "duration");
  return [
    ...(from !== undefined && from === to
      ? [malformed(entity, "timeRange", '"timeRange" has no length', "it may end on the next day: 22:00-02:00")]
      : []),
    ...(problem === undefined
      ? []
      : [malformed(entity, "cron", isHidden(entity, "/cron") ? '"cron" is no cron pattern' : problem)]),
    ...(typeof seconds === "number" && seconds % 60 !== 0
      ? [malformed(entity, "duration", '"duration" must be whole minutes', "for example 90m")]
      : []),
    ...(zone === undefined || zone === serverZone || isTimeZone(zone)
      ? []
      : [malformed(entity, "timezone", `${shown(entity, "timezone")} is no time zone`, zoneHint)]),
  ];
}

export const zoneHint = "a name of the IANA database, for example Europe/Berlin or UTC";

function malformed(entity: WrittenEntity, name: string, message: string, hint?: string): Finding {
  const pointer = pointerTo(name);
  return findingFor(entity, {
    code: "KS1207",
    severity: "error",
    message,
    ...(hint === undefined ? {} : { hint }),
    pointer,
  });
}

function shown(entity: WrittenEntity, name: string): string {
  return quoted(entity, pointerTo(name), textOf(entity, name) ?? "");
}

/** The value of a field that was wrong is gone, and the field has its finding: it counts as written. */
function isSaid({ written, place }: WrittenEntity, name: string): boolean {
  return Object.hasOwn(written, name) || childPlace(place, name) !== undefined;
}

function canonicalOf({ variant, written }: WrittenEntity, name: string): Json | undefined {
  const value = written[name];
  return value === undefined ? undefined : variant.fields[name]?.codec.normalise(value);
}

function textOf(entity: WrittenEntity, name: string): string | undefined {
  const value = canonicalOf(entity, name);
  return typeof value === "string" ? value : undefined;
}
