/** The fields of a maintenance, and which of them each strategy uses. */
import { durationPattern, secondsOf } from "../../model/duration.ts";
import type { Json } from "../../model/json.ts";
import { wholeNumber } from "../codecs/number.ts";
import { text, toText, word } from "../codecs/text.ts";
import type { Codec, Field, Fields } from "../field.ts";
import { booleanField, referenceSetField, textField, wordField } from "../field-shapes.ts";
import {
  daysOfMonth,
  minutes,
  moment,
  momentPattern,
  timeRange,
  timeRangePattern,
  weekdayNames,
  weekdays,
} from "./calendar.ts";

interface StrategyFields {
  readonly needs: readonly string[];
  readonly takes: readonly string[];
}

const period = ["start", "end"];

/**
 * The fields that each strategy uses. The server stores others too and ignores them
 * (docs/upstream/uptime-kuma.md#maintenance).
 */
export const strategies: Readonly<Record<string, StrategyFields>> = {
  manual: { needs: [], takes: [] },
  single: { needs: period, takes: [] },
  cron: { needs: ["cron", "duration"], takes: period },
  "recurring-interval": { needs: ["intervalDays", "timeRange"], takes: period },
  "recurring-weekday": { needs: ["weekdays", "timeRange"], takes: period },
  "recurring-day-of-month": { needs: ["daysOfMonth", "timeRange"], takes: period },
};

/** Written for some strategies; for the others they are not part of the spec. */
export const strategyOnly = ["cron", "duration", "intervalDays", "weekdays", "daysOfMonth", "timeRange"] as const;

export const serverZone = "SAME_AS_SERVER";

/** An empty input of the form is sent as an empty text, which the server requires. */
const description: Codec = {
  normalise: (written) => toText(written) ?? "",
  fromKuma: (wire) => toText(wire) ?? "",
  toKuma: (canonical) => canonical,
};

const title = textField(
  {
    title: "Title",
    description: "What visitors of a status page read. Default: the key.",
    examples: ["Database upgrade"],
    codec: text,
  },
  { minLength: 1, maxLength: 150 },
);

export const maintenanceFields: Fields = {
  title,
  description: textField({
    title: "Description",
    description: "More for visitors of a status page. Markdown.",
    default: "",
    codec: description,
  }),
  strategy: wordField(
    {
      title: "Strategy",
      description: [
        "When it takes place.",
        "manual: as long as it is active",
        "single: once, from start to end",
        "cron: for a duration from each time of a cron pattern on",
        "recurring-interval, recurring-weekday, recurring-day-of-month: in a time range, on some days",
        "A start and an end limit all that recur.",
      ].join("\n"),
      default: "single",
    },
    Object.keys(strategies),
  ),
  active: booleanField({
    title: "Active",
    description: "False stops it until it is switched on again. A manual one takes place while it is active.",
    default: true,
  }),
  start: momentField({
    kuma: "startDate",
    title: "Start",
    description: "Date and time, in the maintenance's time zone.",
    examples: ["2030-01-31 22:00"],
  }),
  end: momentField({
    kuma: "endDate",
    title: "End",
    description: "Date and time, in the maintenance's time zone.",
    examples: ["2030-02-01 02:00"],
  }),
  timeRange: strategyField(timeRange, {
    title: "Time range",
    description: "From when to when on each day; one that ends earlier than it starts goes on to the next day.",
    type: "string",
    pattern: timeRangePattern,
    examples: ["22:00-02:00"],
  }),
  weekdays: strategyField(weekdays, {
    title: "Weekdays",
    description: "On which days of the week.",
    type: "array",
    items: { type: "string", enum: weekdayNames },
    minItems: 1,
    examples: [["sat", "sun"]],
  }),
  daysOfMonth: strategyField(daysOfMonth, {
    title: "Days of the month",
    description: "On which days of the month; last is its last day.",
    type: "array",
    items: {
      anyOf: [
        { type: "integer", minimum: 1, maximum: 31 },
        { type: "string", const: "last" },
      ],
    },
    minItems: 1,
    examples: [[1, 15, "last"]],
  }),
  intervalDays: {
    ...strategyField(wholeNumber, {
      title: "Interval",
      description: "Every so many days. Up to 1.23 the count starts again with each month.",
      type: "integer",
      minimum: 1,
      maximum: 3650,
      examples: [14],
    }),
    kuma: "intervalDay",
  },
  cron: strategyField(text, {
    title: "Cron",
    description: "Minute, hour, day, month and weekday at which it begins.",
    type: "string",
    minLength: 1,
    examples: ["30 3 * * sun"],
  }),
  duration: {
    ...strategyField(
      { normalise: secondsOf, ...minutes },
      {
        title: "Duration",
        description: "How long it goes on, in whole minutes: `90m`, `2h`, or a number of seconds.",
        type: ["number", "string"],
        exclusiveMinimum: 0,
        pattern: durationPattern,
        examples: ["90m"],
      },
    ),
    kuma: "durationMinutes",
  },
  timezone: textField(
    {
      kuma: "timezoneOption",
      title: "Time zone",
      description: `The zone of all dates and times here; ${serverZone} is the server's own.`,
      default: serverZone,
      examples: ["Europe/Berlin"],
      codec: word(serverZone),
    },
    { type: "string", minLength: 1 },
  ),
  monitors: {
    ...referenceSetField(
      {
        title: "Monitors",
        description: "What is not checked meanwhile. A group stands for all that is in it.",
        examples: [["api"]],
      },
      "monitor",
    ),
    isSeparate: true,
  },
  statusPages: {
    ...referenceSetField(
      {
        title: "Status pages",
        description: "The pages that announce it.",
        examples: [["main"]],
      },
      "status-page",
    ),
    isSeparate: true,
  },
};

function momentField(
  about: Pick<Parameters<typeof textField>[0], "kuma" | "title" | "description" | "examples">,
): Field {
  return textField({ ...about, codec: moment }, { type: "string", pattern: momentPattern });
}

/** Has no default: its strategy needs it, and the other strategies do not have it. */
function strategyField(codec: Codec, schema: { readonly [keyword: string]: Json }): Field {
  return { codec, schema, isKeptUnlessWritten: true };
}
