/** What the people on call will notice: the number of checks, and monitors that will watch less than before. */
import { canonicalText, isJsonObject, pointerTo, type Json, type JsonObject } from "../../model/json.ts";
import type { CoverageLoss, Impact } from "../../model/plan.ts";
import { hidesSecret } from "../../ledger/fingerprint.ts";
import { isActive, secondsBetweenChecks, type PlannedMonitor } from "./planned-monitors.ts";

export function impactOf(monitors: readonly PlannedMonitor[]): Impact {
  return {
    checksPerMinute: {
      before: checksPerMinute(monitors.map(({ before, isBelowPaused }) => (isBelowPaused.before ? undefined : before))),
      after: checksPerMinute(monitors.map(({ after, isBelowPaused }) => (isBelowPaused.after ? undefined : after))),
    },
    coverage: monitors.flatMap(lossesOf),
  };
}

/** Rounded to two decimals. Monitors in a paused group count as paused, as Uptime Kuma shows them. */
function checksPerMinute(specs: readonly (JsonObject | undefined)[]): number {
  const sum = specs.reduce((total, spec) => {
    const seconds = isActive(spec) ? secondsBetweenChecks(spec) : undefined;
    return seconds === undefined ? total : total + 60 / seconds;
  }, 0);
  return Math.round(sum * 100) / 100;
}

/** A monitor that is paused already loses nothing. */
function lossesOf({ key, step, before, after, sensitive, isBelowPaused }: PlannedMonitor): CoverageLoss[] {
  if (!isActive(before)) return [];
  const isPausedWithGroup = isBelowPaused.after && !isBelowPaused.before && isActive(after);
  if (isPausedWithGroup) return [{ key, loss: "paused-group" }];
  if (step === undefined) return [];
  if (step.action === "delete") return [{ key, loss: "deleted" }];
  if (step.action === "release") return [];
  if (!isActive(after)) return [{ key, loss: "paused" }];
  return rules.flatMap(({ field, loss, find }) => {
    const details = find(before[field] ?? null, after[field] ?? null);
    const isHidden = hidesSecret(pointerTo(field), sensitive);
    return details.map((detail) => (detail === "" || isHidden ? { key, loss } : { key, loss, detail }));
  });
}

interface LossRule {
  readonly field: string;
  readonly loss: CoverageLoss["loss"];
  /** One detail for each loss; `""` if there is nothing to add. */
  readonly find: (before: Json, after: Json) => readonly string[];
}

const rules: readonly LossRule[] = [
  { field: "notifications", loss: "notification", find: removedItems },
  { field: "interval", loss: "interval", find: growth },
  { field: "maxRetries", loss: "retries", find: growth },
  { field: "acceptedStatusCodes", loss: "status-codes", find: widenedCodes },
  { field: "ignoreTls", loss: "tls", find: (before, after) => (before !== true && after === true ? [""] : []) },
  // A type without the field is not upside down.
  {
    field: "upsideDown",
    loss: "inverted",
    find: (before, after) => ((before === true) === (after === true) ? [] : [""]),
  },
];

function growth(before: Json, after: Json): readonly string[] {
  return typeof before === "number" && typeof after === "number" && after > before ? [`${before} to ${after}`] : [];
}

function removedItems(before: Json, after: Json): readonly string[] {
  const left = new Set(itemsOf(after).map(canonicalText));
  return itemsOf(before)
    .filter((item) => !left.has(canonicalText(item)))
    .map(referenceText);
}

/** A key as it is, and an unmanaged object by its name or id. */
function referenceText(reference: Json): string {
  if (!isJsonObject(reference)) return typeof reference === "string" ? reference : "";
  const { name, id } = reference;
  return typeof name === "string" ? name : `id ${typeof id === "number" ? id : "unknown"}`;
}

function widenedCodes(before: Json, after: Json): readonly string[] {
  const ranges = codesOf(before).map(rangeOf);
  const isNew = codesOf(after)
    .map(rangeOf)
    .some(([first, last]) => {
      for (let code = first; code <= last; code += 1) {
        if (!ranges.some(([low, high]) => low <= code && code <= high)) return true;
      }
      return false;
    });
  return ranges.length > 0 && isNew ? [`${codesOf(before).join(", ")} to ${codesOf(after).join(", ")}`] : [];
}

function codesOf(value: Json): readonly string[] {
  return itemsOf(value).filter((code) => typeof code === "string");
}

/** Parses `200-299` or `401`; the schema allows only three digits. */
function rangeOf(codes: string): readonly [first: number, last: number] {
  const [first = "", last = first] = codes.split("-");
  return [Number(first), Math.min(Number(last), 999)];
}

function itemsOf(value: Json): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
