/**
 * Tags. The server has no place for a marker on them, so they are identified by name. kuma-sync never deletes them,
 * because that would remove them from every monitor (docs/upstream/uptime-kuma.md#what-deletes-history).
 */
import { InternalError } from "../model/errors.ts";
import { isJsonObject } from "../model/json.ts";
import { noReferences } from "./field.ts";
import { toNumber } from "./codecs/number.ts";
import { text, toText, upperCaseText } from "./codecs/text.ts";
import { textField } from "./field-shapes.ts";
import type { Kind, Row, Variant } from "./kind.ts";
import { markerTagName } from "./marker.ts";
import { readTags } from "./server-objects.ts";
import { toPayload } from "./spec.ts";

const tagVariant: Variant = {
  type: undefined,
  summary: "A coloured label for monitors.",
  isOpen: false,
  fields: {
    name: textField(
      {
        title: "Name",
        description: "The name that Uptime Kuma shows. The tag is known by it.",
        examples: ["team"],
        codec: text,
      },
      { minLength: 1, not: { const: markerTagName } },
    ),
    color: textField(
      {
        title: "Color",
        description: "The colour, as hexadecimal. The form's palette is listed in the examples.",
        // The first colour of the form's palette.
        default: "#4B5563",
        examples: ["#4B5563", "#DC2626", "#D97706", "#059669", "#2563EB", "#4F46E5", "#7C3AED", "#DB2777"],
        codec: upperCaseText,
      },
      { type: "string", pattern: "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$" },
    ),
  },
  required: ["name"],
  example: { name: "team", color: "#2563EB" },
};

export const tag: Kind = {
  name: "tag",
  section: "tags",
  variants: [tagVariant],
  variant: () => tagVariant,
  rows: async (reader) =>
    (await readTags(reader)).flatMap(({ id, row }): Row[] => {
      const name = toText(row["name"]);
      return name === null || name === markerTagName ? [] : [{ id, name, type: undefined, owner: undefined, row }];
    }),
  create: async ({ client }, { spec }) => {
    const ack = await client.write("addTag", toPayload(tagVariant, spec, noReferences, releaseOf(client)));
    const id = isJsonObject(ack["tag"]) ? toNumber(ack["tag"]["id"]) : null;
    if (id === null) throw new InternalError("the server created a tag and did not say its id");
    return id;
  },
  update: async ({ client }, { entity, observed }) => {
    const payload = toPayload(tagVariant, entity.spec, noReferences, releaseOf(client));
    await client.write("editTag", { ...payload, id: observed.id });
  },
  remove: () => Promise.reject(new InternalError("tags are never deleted")),
};

function releaseOf(client: Parameters<Kind["create"]>[0]["client"]): Parameters<typeof toPayload>[3] {
  return client.server.capabilities.release;
}
