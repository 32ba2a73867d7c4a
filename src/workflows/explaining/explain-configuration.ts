/** The top level of a configuration, from the published schema. */
import { plainName } from "../../config/pasted/plain-name.ts";
import type { JsonSchema } from "../../kinds/field.ts";
import type { Explanation } from "../../model/explanation.ts";
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { keyEntries } from "./explain-kind.ts";

/** All keys. */
export function explainConfiguration(schema: JsonObject): Explanation {
  const required = Array.isArray(schema["required"]) ? (schema["required"] as readonly Json[]) : [];
  const entries = keyEntries(sectionsOf(schema));
  return {
    topic: "configuration",
    summary: "The keys at the top level of a configuration: one or more YAML files, monitors.yaml if none is named.",
    sections: [
      {
        heading: "Keys",
        entries: entries.map((entry) => (required.includes(entry.name) ? { ...entry, isRequired: true } : entry)),
      },
    ],
    example: {
      version: 1,
      project: "shop",
      notifications: { oncall: { type: "slack", slackwebhookURL: "${env:SLACK_URL}" } },
      monitors: { api: { type: "http", url: "https://shop.example/health", notifications: ["oncall"] } },
    },
    more: ["kuma-sync explain kinds", "docs/reference/configuration.md"],
  };
}

/** One key with what stands below it; undefined when there is no such key. */
export function explainSection(word: string, schema: JsonObject): Explanation | undefined {
  const sections = sectionsOf(schema);
  const name = Object.keys(sections).find((key) => plainName(key) === plainName(word));
  const section = name === undefined ? undefined : sections[name];
  if (name === undefined || section === undefined) return undefined;
  const below = partsOf(section);
  return {
    topic: name,
    summary: typeof section["description"] === "string" ? section["description"] : name,
    sections: below === undefined ? [{ heading: "Key", entries: keyEntries({ [name]: section }) }] : [below],
    more: ["kuma-sync explain configuration", "docs/reference/configuration.md"],
  };
}

function sectionsOf({ properties }: JsonObject): Readonly<Record<string, JsonSchema>> {
  const entries = Object.entries(isJsonObject(properties) ? properties : {});
  return Object.fromEntries(entries.map(([name, schema]) => [name, isJsonObject(schema) ? plainSchema(schema) : {}]));
}

/** Without the branch for `${…}`, which every value may be, and with the shape of an object that is described elsewhere. */
function plainSchema(schema: JsonSchema): JsonSchema {
  if (typeof schema["$ref"] === "string") return { type: "object", ...schema };
  const branches = Array.isArray(schema["anyOf"]) ? (schema["anyOf"] as readonly JsonSchema[]) : [];
  const kept = branches.filter((branch) => branch["$ref"] !== "#/$defs/expression");
  const [only, ...others] = kept;
  const { anyOf: _anyOf, ...about } = schema as Record<string, Json>;
  return only === undefined || others.length > 0 ? schema : { ...only, ...about };
}

/** Its own keys, those of each of its entries, or those of each item. */
function partsOf(section: JsonSchema): Explanation["sections"][number] | undefined {
  const places = [
    ["Keys", section],
    ["Keys of each entry", section["additionalProperties"]],
    ["Keys of each item", section["items"]],
  ] as const;
  const [heading, schema] = places.find(([, one]) => isJsonObject(one) && isJsonObject(one["properties"])) ?? [];
  return heading === undefined || !isJsonObject(schema)
    ? undefined
    : { heading, entries: keyEntries(sectionsOf(schema)) };
}
