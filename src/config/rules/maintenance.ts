import { isRealMoment, isTimeZone } from "../../kinds/maintenance/calendar.ts";
import { cronProblem } from "../../kinds/maintenance/cron-pattern.ts";
import { serverZone, strategies, strategyOnly } from "../../kinds/maintenance/maintenance-fields.ts";
import type { Finding } from "../../model/finding.ts";
import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isHidden, isWithheld, isWritten, quoted, type EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/**
 * Checks that a strategy has its fields, and that its times are valid. The servers check little of it, and some of it
 * too late: a failed add can leave its row behind, and an invalid date stops 1.23 from listing any maintenance
 * (docs/upstream/uptime-kuma.md#maintenance).
 */
export const maintenance: EntityRule = {
  name: "maintenance",
  kind: "maintenance",
  checkEach: (entity) => [...checkStrategy(entity), ...checkPeriod(entity), ...checkRecurrence(entity)],
};

function checkStrategy(entity: DeclaredEntity): readonly EntityFinding[] {
  const strategy = textOf(entity, "strategy");
  const fields = strategy === undefined ? undefined : strategies[strategy];
  if (strategy === undefined || fields === undefined || isHidden(entity, "/strategy")) return [];
  const missing = fields.needs.filter((name) => !isWritten(entity, name));
  const unused = [...strategyOnly, "start", "end"].filter(
    (name) => isWritten(entity, name) && !fields.needs.includes(name) && !fields.takes.includes(name),
  );
  return [
    ...missing.map((name): EntityFinding => ({
      code: "KS1407",
      severity: "error",
      message: `strategy: ${strategy} needs "${name}"`,
      ...exampleOf(entity, name),
      pointer: "/strategy",
    })),
    ...unused.map((name): EntityFinding => ({
      code: "KS1410",
      severity: "error",
      message: `"${name}" has no effect with strategy: ${strategy}`,
      hint: `leave it out; ${usersOf(name).join(", ")} ${usersOf(name).length === 1 ? "has" : "have"} it`,
      pointer: pointerTo(name),
      isAboutKey: true,
    })),
  ];
}

function usersOf(name: string): readonly string[] {
  return Object.entries(strategies).flatMap(([strategy, { needs, takes }]) =>
    needs.includes(name) || takes.includes(name) ? [strategy] : [],
  );
}

function exampleOf({ variant }: DeclaredEntity, name: string): Pick<Finding, "hint"> {
  const examples = variant.fields[name]?.schema["examples"];
  return Array.isArray(examples) ? { hint: `for example ${name}: ${JSON.stringify(examples[0])}` } : {};
}

function checkPeriod(entity: DeclaredEntity): readonly EntityFinding[] {
  const [start, end] = [textOf(entity, "start"), textOf(entity, "end")];
  const wrong = ["start", "end"].filter((name) => {
    const moment = textOf(entity, name);
    return moment !== undefined && !isRealMoment(moment);
  });
  if (wrong.length > 0) {
    return wrong.map((name) =>
      malformed(name, `${shown(entity, name)} is in no calendar`, "a day and a time that exist"),
    );
  }
  if (start === undefined || end === undefined || start < end) return [];
  if (isWithheld(entity, "/start") || isWithheld(entity, "/end")) return [];
  const message = '"end" is not after "start"';
  return [{ code: "KS1205", severity: "error", message, pointer: "/end" }];
}

function checkRecurrence(entity: DeclaredEntity): readonly EntityFinding[] {
  const [from, to] = textOf(entity, "timeRange")?.split("-") ?? [];
  const cron = textOf(entity, "cron");
  const problem = cron === undefined ? undefined : cronProblem(cron);
  const zone = textOf(entity, "timezone");
  const seconds = Object.hasOwn(entity.written, "duration") ? entity.canonical["duration"] : undefined;
  return [
    ...(from !== undefined && from === to
      ? [malformed("timeRange", '"timeRange" has no length', "it may end on the next day: 22:00-02:00")]
      : []),
    ...(problem === undefined
      ? []
      : [malformed("cron", isHidden(entity, "/cron") ? '"cron" is no cron pattern' : problem)]),
    ...(typeof seconds === "number" && seconds % 60 !== 0
      ? [malformed("duration", '"duration" must be whole minutes', "for example 90m")]
      : []),
    ...(zone === undefined || zone === serverZone || isTimeZone(zone)
      ? []
      : [malformed("timezone", `${shown(entity, "timezone")} is no time zone`, zoneHint)]),
  ];
}

export const zoneHint = "a name of the IANA database, for example Europe/Berlin or UTC";

function malformed(name: string, message: string, hint?: string): EntityFinding {
  return {
    code: "KS1207",
    severity: "error",
    message,
    ...(hint === undefined ? {} : { hint }),
    pointer: pointerTo(name),
  };
}

function shown(entity: DeclaredEntity, name: string): string {
  return quoted(entity, pointerTo(name), textOf(entity, name) ?? "");
}

function textOf({ written, canonical }: DeclaredEntity, name: string): string | undefined {
  const value = Object.hasOwn(written, name) ? canonical[name] : undefined;
  return typeof value === "string" ? value : undefined;
}
