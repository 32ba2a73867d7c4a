/** What is written of a canonical value means that value again, for every field of every variant. */
import { expect, test } from "vitest";
import { defaultOf } from "../../src/kinds/field.ts";
import { kinds } from "../../src/kinds/index.ts";
import { duration } from "../../src/kinds/codecs/duration.ts";
import { conditions } from "../../src/kinds/codecs/conditions.ts";
import { headers } from "../../src/kinds/codecs/json-text.ts";
import { monitorTags } from "../../src/kinds/codecs/monitor-tags.ts";
import { referenceSet } from "../../src/kinds/codecs/reference.ts";
import { statusCodes } from "../../src/kinds/codecs/status-codes.ts";
import { canonicalText, type Json } from "../../src/model/json.ts";

const fields = [...kinds.values()].flatMap((kind) =>
  kind.variants.flatMap((variant) =>
    Object.entries(variant.fields).map(([name, field]) => ({
      label: `${kind.name} ${variant.type ?? ""} ${name}`,
      field,
      values: [variant.example[name], field.schema["default"], ...((field.schema["examples"] ?? []) as Json[])],
    })),
  ),
);

test("every example and default of every field comes back", () => {
  const wrong = fields.flatMap(({ label, field, values }) =>
    values
      .filter((value) => value !== undefined)
      .map((value) => field.codec.normalise(value))
      .concat([defaultOf(field)])
      .filter((canonical) => {
        const written = field.codec.written?.(canonical) ?? canonical;
        return canonicalText(field.codec.normalise(written)) !== canonicalText(canonical);
      })
      .map((canonical) => `${label}: ${JSON.stringify(canonical)}`),
  );
  expect(fields.length).toBeGreaterThan(500);
  expect(wrong).toEqual([]);
});

test.each<[written: Json | undefined, as: Json]>([
  [duration.written?.(300), "5m"],
  [duration.written?.(90), "90s"],
  [duration.written?.(86_400), "1d"],
  [duration.written?.(28.8), "28.8s"],
  // Nothing that may be written means zero; the schema refuses the number.
  [duration.written?.(0), 0],
  [statusCodes.written?.(["200-299", "404"]), ["200-299", 404]],
  [
    referenceSet("notification").written?.(["notification/a", { name: "B" }, { id: 3 }]),
    ["a", { name: "B" }, { id: 3 }],
  ],
  [
    monitorTags.written?.([
      { tag: "tag/prod", value: "" },
      { tag: "tag/team", value: "core" },
      { tag: { name: "By hand" }, value: "" },
    ]),
    ["prod", { team: "core" }, { name: "By hand" }],
  ],
  [
    conditions.written?.([
      { andOr: "and", variable: "record", operator: "equals", value: "a" },
      { andOr: "or", children: [{ andOr: "and", variable: "record", operator: "equals", value: "b" }] },
    ]),
    [
      { variable: "record", operator: "equals", value: "a" },
      { andOr: "or", children: [{ variable: "record", operator: "equals", value: "b" }] },
    ],
  ],
  [headers.written?.({ A: "1", B: ["2"] }), '{"A":"1","B":["2"]}'],
  [headers.written?.({ "<<": "1" }), '{"<<":"1"}'],
])("written as %j", (written, as) => {
  expect(written).toEqual(as);
});
