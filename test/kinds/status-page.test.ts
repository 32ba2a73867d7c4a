import { expect, test } from "vitest";
import { statusPage } from "../../src/kinds/status-page.ts";
import { pageFields, slugOfKey, slugPattern } from "../../src/kinds/status-page/page-fields.ts";
import { groupsField, withGroupIds } from "../../src/kinds/status-page/public-groups.ts";
import type { Json } from "../../src/model/json.ts";
import { replaceReferences } from "../../src/plan/canonical/references.ts";
import { idOf, referenceOf } from "./recording-client.ts";

const written: Json = [
  { name: "Second", monitors: ["zebra", "edge", { name: "by hand" }] },
  {
    name: "First",
    monitors: [
      { monitor: "edge", sendUrl: true },
      { monitor: { name: "x" }, url: "https://x.example" },
    ],
  },
  { name: "None", monitors: [] },
];

test("groups and monitors keep their order when references are replaced", () => {
  const canonical = groupsField.codec.normalise(written);
  const references = (groupsField.codec.references?.(canonical) ?? []).map(({ at, to }) => ({
    at: `/groups${at}`,
    kind: "monitor" as const,
    to,
  }));
  expect(references.map(({ at }) => at)).toEqual([
    "/groups/0/monitors/0/monitor",
    "/groups/0/monitors/1/monitor",
    "/groups/0/monitors/2/monitor",
    "/groups/1/monitors/0/monitor",
    "/groups/1/monitors/1/monitor",
  ]);
  const same = replaceReferences({ groups: canonical }, references, (_kind, reference) => reference);
  expect(same).toEqual({ groups: canonical });
});

test("what is written in short comes back in short", () => {
  expect(groupsField.codec.written?.(groupsField.codec.normalise(written))).toEqual(written);
});

test("groups as they are saved, and as the public page tells them", () => {
  const canonical = groupsField.codec.normalise([
    { name: "Group", monitors: ["edge", { monitor: "edge", sendUrl: true }, { monitor: "edge", url: "https://x" }] },
  ]);
  expect(groupsField.codec.toKuma(canonical, idOf)).toEqual([
    {
      name: "Group",
      monitorList: [
        { id: 7, sendUrl: false },
        { id: 7, sendUrl: true },
        { id: 7, sendUrl: true, url: "https://x" },
      ],
    },
  ]);
  const told: Json = [
    {
      id: 4,
      name: "Group",
      weight: 1,
      monitorList: [
        { id: 7, name: "Edge", sendUrl: 0, type: "http" },
        { id: 7, name: "Edge", sendUrl: 1, type: "http" },
        { id: 7, name: "Edge", sendUrl: 1, type: "http", url: "https://x" },
      ],
    },
  ];
  expect(groupsField.codec.fromKuma(told, referenceOf)).toEqual(canonical);
});

test("a group keeps its id by its name, then by what is left", () => {
  const present = [
    { id: 1, name: "A" },
    { id: 2, name: "B" },
    { id: 3, name: "B" },
    { id: 4, name: "C" },
  ];
  const ids = (names: readonly string[]): Json[] =>
    withGroupIds(
      names.map((name) => ({ name })),
      present,
    ).map(({ id }) => id ?? null);
  expect(ids(["C", "B", "A", "B"])).toEqual([4, 2, 1, 3]);
  expect(ids(["New", "A", "B", "B"])).toEqual([4, 1, 2, 3]);
  expect(ids(["A", "B", "B", "C", "New"])).toEqual([1, 2, 3, 4, null]);
  expect(ids([])).toEqual([]);
});

test.each([
  ["main", "main"],
  ["Main_Page", "main-page"],
  ["a.b__c-", "a-b-c"],
  ["A--", "a"],
])("the key %s has the slug %s", (key, slug) => {
  expect(slugOfKey(key)).toBe(slug);
  expect(slug).toMatch(new RegExp(slugPattern, "u"));
  expect(statusPage.variant(undefined)?.nameOf?.({}, key)).toBe(slug);
});

test("what the page's editor leaves in an empty style is none", () => {
  const { codec } = pageFields.customCSS;
  expect(codec.fromKuma("body {\n  \n}\n", referenceOf)).toBe(null);
  expect(codec.fromKuma("body {\n  color: red;\n}\n", referenceOf)).toBe("body {\n  color: red;\n}");
});
