/** The text is read back as what it was made from, whatever stands in it. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { importObjects } from "../../src/import/import-objects.ts";
import type { Imported, ImportedEntity } from "../../src/import/imported.ts";
import { liftDefaults } from "../../src/import/lift-defaults.ts";
import { splitByGroup } from "../../src/import/split-by-group.ts";
import { yamlText } from "../../src/import/yaml-text.ts";
import { kinds } from "../../src/kinds/index.ts";
import { monitor } from "../../src/kinds/monitor.ts";
import { entityKey } from "../../src/model/entity.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { observedOf, onServer } from "../plan/builder.ts";

function entity(key: string, fields: JsonObject, group?: string): ImportedEntity {
  return {
    key: entityKey("monitor", key),
    kind: "monitor",
    id: 1,
    name: typeof fields["name"] === "string" ? fields["name"] : key,
    fields,
    group: group === undefined ? undefined : entityKey("monitor", group),
    obstacle: undefined,
  };
}

function importedOf(entities: readonly ImportedEntity[]): Imported {
  const server = { url: "http://127.0.0.1:3001", version: "2.5.3" };
  return {
    project: "shop",
    server,
    entities,
    variables: [],
    omissions: [],
    changedByApply: 0,
    declaredElsewhere: [],
    foreign: [],
  };
}

function textOf(entities: readonly ImportedEntity[]): string {
  return yamlText(importedOf(entities), { entities, isMain: true }, kinds);
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc
    .array(
      fc.constantFrom(
        "\n",
        "\r\n",
        "\t",
        " ",
        "# x",
        ": ",
        "- ",
        "'",
        '"',
        "|",
        "${env:A}",
        "é",
        "\u2028",
        "\uFEFF",
        "\u009B",
        "\u202E",
        "\u{E0041}",
        "##[error]",
        "::error::",
        "~",
      ),
    )
    .map((parts) => parts.join("")),
  fc.constantFrom("true", "null", "1.0", "0x10", "2020-01-01", "", "~", "@x", "%a", "key: value", "---", "..."),
);

test("any text, in any depth, is the same again", () => {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      text,
      fc.boolean(),
      fc.integer(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(
        text.filter((name) => name !== "__proto__" && name !== "<<"),
        tie("value"),
        { maxKeys: 4 },
      ),
    ),
  }));
  fc.assert(
    fc.property(value, (found) => {
      const fields = { name: "API", type: "http", body: found } as JsonObject;
      const yaml = textOf([entity("api", fields)]);
      // Nothing that a terminal or a runner of workflows would obey.
      expect(yaml).not.toMatch(/[^\P{C}\n\t]|[\p{Zl}\p{Zp}]|##\[|^\s*::/mu);
      const document = parseDocument(yaml);
      expect(document.errors).toEqual([]);
      expect(document.toJS()).toEqual({ version: 1, project: "shop", monitors: { api: fields } });
    }),
  );
});

test("names from a server cannot leave their comment", () => {
  const name = "Prod\nversion: 2\u2028monitors:";
  const entities = [
    entity("prod", { name, type: "group" }, "prod"),
    entity("api", { name: "A", type: "http" }, "prod"),
  ];
  expect(textOf(entities)).toContain("  # Prod version: 2 monitors:: 1 monitor\n");
});

describe("files by group", () => {
  test("hold everything once, and only the first names the project", () => {
    const entities = [
      entity("single", { name: "S", type: "http" }),
      entity("common", { name: "C", type: "group" }, "common"),
      entity("api", { name: "A", type: "http" }, "common"),
    ];
    const files = splitByGroup(importedOf(entities));
    expect(files.map(({ name, content }) => [name, content.isMain, content.entities.map(({ key }) => key)])).toEqual([
      ["common.yaml", true, ["monitor/single"]],
      ["common-group.yaml", false, ["monitor/common", "monitor/api"]],
    ]);
  });
});

function several(count: number, fields: JsonObject): readonly JsonObject[] {
  return Array.from({ length: count }, () => fields);
}

function withRetries(maxRetries: number): JsonObject {
  return { name: "x", type: "http", maxRetries };
}

describe("defaults", () => {
  test("hold what nearly all share, and the others say what they meant", () => {
    const entities = [
      ...[1, 2, 3, 4, 5].map((index) => entity(`m${index}`, withRetries(3))),
      entity("bare", { name: "x", type: "ping" }),
    ];
    const lifted = liftDefaults(entities, monitor);
    expect(lifted.defaults).toEqual({ maxRetries: 3 });
    expect(lifted.entities.map(({ fields }) => fields["maxRetries"])).toEqual([
      ...Array<undefined>(5).fill(undefined),
      0,
    ]);
  });

  test.each<[string, readonly JsonObject[]]>([
    ["few monitors", several(4, withRetries(3))],
    ["values that differ", [1, 2, 3, 4, 5, 6].map(withRetries)],
    ["what is a secret", several(6, { name: "x", type: "http", basicAuthPass: "${env:A}" })],
    ["names and addresses", several(6, { name: "x", type: "http", url: "https://example.com" })],
    // Nothing that can be written means no description.
    [
      "what others could not refuse",
      [...several(9, { name: "x", type: "http", description: "d" }), { name: "x", type: "http" }],
    ],
  ])("do not hold %s", (_what, all) => {
    const entities = all.map((fields, index) => entity(`m${index}`, fields));
    expect(liftDefaults(entities, monitor)).toEqual({ entities });
  });
});

test("what is retired, a clone, or a second tag of one name is listed and not written", () => {
  const retired = onServer(1, { name: "Old", type: "http", url: "https://x" });
  const imported = importObjects(
    observedOf(
      { ...retired, owner: { project: "shop", key: "old", isRetired: true } },
      onServer(2, { name: "A", type: "http", url: "https://x" }, { marker: "shop/a" }),
      onServer(3, { name: "A", type: "http", url: "https://x" }, { marker: "shop/a" }),
      onServer(4, { name: "team", color: "#000000" }, { kind: "tag" }),
      onServer(5, { name: "team", color: "#111111" }, { kind: "tag" }),
    ),
    kinds,
    { project: "shop", adopt: true, open: new Set(), isSelected: () => true, isValid: () => true },
  );
  expect(imported.entities.map(({ key }) => key)).toEqual(["tag/team", "monitor/a"]);
  expect(imported.omissions.filter(({ field }) => field === undefined).map(({ kind, id }) => `${kind} ${id}`)).toEqual([
    "monitor 1",
    "monitor 3",
    "tag 5",
  ]);
});
