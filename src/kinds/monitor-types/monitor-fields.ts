/**
 * The fields of every monitor. Defaults are those of Uptime Kuma's add form, not of its API, which would use an
 * interval of 20 s and no retry interval (docs/upstream/uptime-kuma.md#fields-of-a-monitor). They are constants, except
 * the timeout, which follows the interval as in the form (network-fields.ts). The form also changes the retry interval
 * with the interval. A default does not, because an hourly monitor would then retry only once an hour.
 */
import { monitorTags } from "../codecs/monitor-tags.ts";
import { text } from "../codecs/text.ts";
import {
  booleanField,
  durationField,
  referenceField,
  referenceSetField,
  textField,
  wholeNumberField,
} from "../field-shapes.ts";
import type { Field, Fields } from "../field.ts";

/** `seconds` is the default; types that should not check often have a longer one. */
export function intervalField(seconds: number): Field {
  return durationField({
    title: "Interval",
    description:
      "Time between two checks: seconds, or with a unit (s, m, h, d, w). Servers before 2.1 take no less than 20 s.",
    default: seconds,
    examples: [60, "60s", "5m"],
  });
}

export function retryIntervalField(seconds: number): Field {
  return durationField({
    title: "Retry interval",
    description: "Time until the next check after a failed one, while retries are left.",
    default: seconds,
    examples: ["20s"],
  });
}

export const monitorFields: Fields = {
  name: textField(
    {
      title: "Name",
      description: "The name that Uptime Kuma shows. May change at will: the monitor is known by its key.",
      examples: ["Gateway"],
      codec: text,
    },
    // The column has 150 characters on MariaDB.
    { minLength: 1, maxLength: 150 },
  ),
  description: textField({
    title: "Description",
    description: "Shown below the name.",
    examples: ["Public entrance; the team on call owns it."],
  }),
  parent: referenceField(
    {
      title: "Parent",
      description: "The group that the monitor is in: the key of a monitor of type group.",
      examples: ["edge"],
    },
    "monitor",
  ),
  active: {
    ...booleanField({
      title: "Active",
      description: "Whether the monitor runs; false is a paused monitor.",
      default: true,
    }),
    // Lists show whether the monitor *and every group above it* is active, so below a paused group the monitor's own
    // state is unknown (docs/upstream/uptime-kuma.md#groups).
    isObservable: (row) => row["forceInactive"] !== true,
  },
  interval: intervalField(60),
  retryInterval: retryIntervalField(60),
  maxRetries: wholeNumberField(
    {
      kuma: "maxretries",
      title: "Retries",
      description: "How many failed checks in a row are only pending before the monitor is down and notifies.",
      default: 0,
      examples: [3],
    },
    { minimum: 0 },
  ),
  resendInterval: wholeNumberField(
    {
      title: "Resend interval",
      description:
        "Notify again after every so many checks, not minutes, while the monitor is down; 0 notifies once. `resendEvery: 1h` says a time instead.",
      default: 0,
      examples: [10],
    },
    { minimum: 0 },
  ),
  upsideDown: booleanField({
    title: "Upside down",
    description: "Swap the meaning: down when the check succeeds.",
    default: false,
  }),
  notifications: referenceSetField(
    {
      kuma: "notificationIDList",
      title: "Notifications",
      description: "Keys of the notifications to send. A notification's `isDefault` adds it to no monitor here.",
      examples: [["oncall"]],
    },
    "notification",
  ),
  tags: {
    codec: monitorTags,
    refersTo: "tag",
    isSeparate: true,
    schema: {
      title: "Tags",
      description: "Tags of the monitor, each with or without a value.",
      type: "array",
      items: {
        anyOf: [
          { type: "string", minLength: 1, description: "The key of a tag in this configuration." },
          {
            type: "object",
            description: "A tag made by hand on the server, by its name, with a value.",
            properties: {
              name: { type: "string", minLength: 1 },
              value: { type: ["string", "number", "boolean"] },
            },
            required: ["name"],
            additionalProperties: false,
          },
          {
            type: "object",
            description: "A tag made by hand on the server, by its id, with a value.",
            properties: {
              id: { type: "integer", minimum: 1 },
              value: { type: ["string", "number", "boolean"] },
            },
            required: ["id"],
            additionalProperties: false,
          },
          {
            type: "object",
            description: "The key of a tag in this configuration, and a value.",
            propertyNames: { not: { const: "name" } },
            additionalProperties: { type: ["string", "number", "boolean"] },
            minProperties: 1,
            maxProperties: 1,
          },
        ],
      },
      default: [],
      examples: [["prod", { team: "core" }, { name: "Made by hand", value: "x" }]],
    },
  },
};
