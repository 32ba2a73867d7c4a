import type { JsonObject } from "../../model/json.ts";
import { booleanField, textField } from "../field-shapes.ts";
import { text } from "../codecs/text.ts";
import type { Fields } from "../field.ts";
import type { Variant } from "../kind.ts";
import { markerConfigKey } from "../marker.ts";
import { sinceOfProvider } from "./provider-types.ts";

/** The properties of one notification provider. Fields have the names of the server's own settings. */
interface Provider {
  readonly type: string;
  readonly summary: string;
  readonly fields: Fields;
  readonly required: readonly string[];
  readonly example: JsonObject;
}

const notificationFields: Fields = {
  name: textField(
    {
      title: "Name",
      description: "The name that Uptime Kuma shows. May change at will: the notification is known by its key.",
      examples: ["On call"],
      codec: text,
    },
    { minLength: 1 },
  ),
  isDefault: booleanField({
    title: "Default",
    description:
      "Ticked in the form for new monitors. Monitors of this configuration name their notifications themselves.",
    default: false,
  }),
};

/** A provider with typed fields. Settings without a field are not changed. */
export function defineProvider(own: Provider): Variant {
  return {
    ...own,
    ...since(own.type),
    isOpen: false,
    fields: { ...notificationFields, ...own.fields },
    required: ["name", ...own.required],
  };
}

/**
 * Columns that other tools put into the JSON, a flag that is not a setting
 * (docs/upstream/uptime-kuma.md#notifications), and the marker.
 */
export const notSettings = ["active", "applyExisting", "config", "id", "userId", markerConfigKey];

/** A provider without typed fields: its settings are passed through, and settings that are not written are removed. */
export function openProvider(type: string): Variant {
  return {
    type,
    ...since(type),
    summary: `Sends by ${type}, with the settings that Uptime Kuma has for it.`,
    isOpen: true,
    ignoredKeys: notSettings,
    fields: notificationFields,
    required: ["name"],
    example: { name: "On call", type },
  };
}

function since(type: string): Pick<Variant, "since"> {
  const release = sinceOfProvider(type);
  return release === undefined ? {} : { since: release };
}
