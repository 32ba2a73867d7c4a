import { durationPattern, secondsADay, shortDuration } from "../../model/duration.ts";
import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { isHidden, isWithheld, type EntityFinding } from "../entity-finding.ts";
import type { EntityRule } from "./rule.ts";

/**
 * Times that may be longer than intended: a number without a unit is in seconds, while other tools use milliseconds;
 * and an interval of more than a day notices an outage days later.
 */
export const longTimes: EntityRule = {
  name: "long-times",
  checkEach(entity) {
    return Object.keys(entity.written).flatMap((field) => {
      const { schema } = entity.variant.fields[field] ?? {};
      if (schema?.["pattern"] !== durationPattern) return [];
      const pointer = pointerTo(field);
      if (isHidden(entity, pointer) || isWithheld(entity, pointer)) return [];
      return findLong(entity, field) ?? [];
    });
  },
};

function findLong(entity: DeclaredEntity, field: string): EntityFinding | undefined {
  const written = textOf(entity, field);
  const seconds = entity.canonical[field];
  if (typeof seconds !== "number") return undefined;
  const base = { code: "KS1617", severity: "warning", pointer: pointerTo(field) } as const;
  if (isLikeMilliseconds(entity, field)) {
    const meant = shortDuration(seconds / 1000);
    return {
      ...base,
      message: `"${field}: ${written}" is ${shortDuration(seconds)}: a number without a unit is seconds`,
      hint: `write ${meant} if you meant milliseconds, or ${shortDuration(seconds)} if you meant that`,
    };
  }
  if (field !== "interval" || seconds <= secondsADay) return undefined;
  const isBare = !/[a-z]/u.test(written);
  if (isBare) {
    return {
      ...base,
      message: `"interval: ${written}" is ${shortDuration(seconds)}: a number without a unit is seconds`,
      hint: `write ${shortDuration(seconds)} if you meant that`,
    };
  }
  // A backup that reports once a week is common; a server that is checked once a week is not.
  if (entity.variant.type === "push") return undefined;
  return {
    ...base,
    message: `an outage is noticed up to ${shortDuration(seconds)} after it began`,
    hint: "write an interval of 1d or less",
  };
}

/**
 * Whether a time was probably meant in milliseconds: whole thousands without a unit, which in seconds would be a
 * quarter of an hour for a timeout, and hours for an interval.
 */
export function isLikeMilliseconds(entity: DeclaredEntity, field: string): boolean {
  const seconds = entity.canonical[field];
  const least = /timeout/iu.test(field) ? 1000 : 10_000;
  const isBare = /^\d+$/u.test(textOf(entity, field));
  return isBare && typeof seconds === "number" && seconds >= least && seconds % 1000 === 0;
}

function textOf({ written }: DeclaredEntity, field: string): string {
  const value = written[field];
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}
