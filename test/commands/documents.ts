/** The promises about JSON on stdout: one document, valid by its schema, in agreement with the exit code. */
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "vitest";
import { isJsonObject, type Json, type JsonObject } from "../../src/model/json.ts";
import { documentNames } from "../../src/model/document-names.ts";
import type { Ended } from "./fake-context.ts";

const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false, allErrors: true });

/** Every type of document has a schema in `schemas/`. */
const validators = Object.fromEntries(
  documentNames.map((name) => {
    const text = readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8");
    return [`kuma-sync.${name}`, ajv.compile(closed(JSON.parse(text) as Json) as JsonObject)];
  }),
);

/** Readers must ignore members that they do not know; here one that no schema names is a mistake. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map((item: Json) => closed(item));
  if (!isJsonObject(schema)) return schema;
  const members = Object.fromEntries(Object.entries(schema).map(([name, member]) => [name, closed(member)]));
  return schema["type"] === "object" && isJsonObject(schema["properties"])
    ? { ...members, additionalProperties: false }
    : members;
}

export function readDocument({ stdout, code }: Ended): JsonObject {
  const document = JSON.parse(stdout) as JsonObject;
  expect(document).toMatchObject({ type: expect.stringMatching(/^kuma-sync\./u), formatVersion: "1.0" });
  expect(document["ok"]).toBe(code === 0 || code === 2);
  const { type } = document;
  const validate = typeof type === "string" ? validators[type] : undefined;
  expect(Object.keys(validators)).toContain(type);
  validate?.(document);
  expect(validate?.errors ?? []).toEqual([]);
  return document;
}
