/** `schemas/config.schema.json` is written by `npx vitest run -u test/config/config-schema.test.ts`. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { configSchema } from "./config-schema.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { JsonObject } from "../../src/model/json.ts";

const schema = configSchema(kinds);
const validate = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false }).compile(schema);

const examples = [...kinds.values()].flatMap((kind) =>
  kind.variants.map(
    ({ type, example }) =>
      [
        `${kind.name} ${type ?? ""}`,
        { [kind.section]: kind.onlyKey === undefined ? { key: example } : example },
      ] as const,
  ),
);

function errorsFor(value: unknown): unknown {
  return validate(value) ? [] : validate.errors;
}

function fixture(path: string): unknown {
  // Editors merge before they compare with the schema.
  return parse(readFileSync(fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url)), "utf8"), { merge: true });
}

describe("the published schema", () => {
  test("is the committed one", async () => {
    const path = fileURLToPath(new URL("../../schemas/config.schema.json", import.meta.url));
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(path);
  });

  test.for(examples)("takes the example of %s", ([, section]) => {
    expect(errorsFor({ version: 1, project: "p", ...section })).toEqual([]);
  });

  const okFolder = fileURLToPath(new URL("../fixtures/ok/", import.meta.url));
  test.for(readdirSync(okFolder).filter((file) => file.endsWith(".yaml")))("takes %s", (file) => {
    expect(errorsFor(fixture(`ok/${file}`))).toEqual([]);
  });

  test.for([
    "unknown-keys",
    "missing-fields",
    "not-one-of",
    "out-of-range",
    "malformed-values",
    "wrong-types",
    "wrong-version",
    "unknown-top-level",
    "sections-as-lists",
    "key-name",
  ])("refuses %s", (name) => {
    expect(errorsFor(fixture(`err/${name}.yaml`))).not.toEqual([]);
  });

  test("every field has a description for editors", () => {
    const { $defs } = schema as { readonly $defs: Readonly<Record<string, JsonObject>> };
    const mute = Object.entries($defs)
      .filter(([name]) => name.includes("-field-"))
      .filter(([, field]) => typeof field["description"] !== "string");
    expect(mute).toEqual([]);
  });
});
