import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Ledger } from "../../src/model/ledger.ts";
import type { Observed } from "../../src/model/observed.ts";
import type { Plan } from "../../src/model/plan.ts";
import { fromSnapshot } from "../../src/documents/from-snapshot.ts";
import { readDocument } from "../../src/documents/read-document.ts";
import { toSnapshot } from "../../src/documents/to-snapshot.ts";
import { createDocument } from "../../src/output/json.ts";
import { declare, desiredOf, observedOf, onServer, planOf } from "../plan/builder.ts";

const options = { adopt: false, allowDeletes: 9, allowEmpty: false };
const secret = "hunter2-hunter2";

async function throughFile(observed: Observed): Promise<Observed> {
  const result = await readDocument(
    "snapshot",
    JSON.stringify(createDocument("snapshot", { type: "done" }, toSnapshot(observed))),
  );
  if ("problem" in result) throw new Error(result.problem.message);
  return fromSnapshot(result.document);
}

/** What somebody without credentials can know of a plan. */
function withoutSensitive(plan: Plan): readonly object[] {
  return plan.steps.flatMap((step) => {
    const changes = "changes" in step ? step.changes.filter(({ sensitive }) => !sensitive) : [];
    return step.action === "update" && changes.length === 0 ? [] : [{ ...step, changes }];
  });
}

const value = fc.constantFrom<Json>("a", "b", 1, true, null, ["x"], { deep: "c" });
const spec = fc.dictionary(fc.constantFrom("url", "interval", "headers", "body", "parent-name"), value);

describe("a plan against a snapshot", () => {
  test("is the plan against the server, but for what is sensitive", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(spec, spec), { maxLength: 4 }), fc.boolean(), async (pairs, hasOrphan) => {
        const sensitive = ["/headers", "/body/deep"];
        const desired = desiredOf(...pairs.map(([own], index) => declare(`m${index}`, own, { sensitive })));
        const objects = pairs.map(([, theirs], index) => ({
          ...onServer(index + 1, { name: `m${index}`, ...theirs }, { marker: `shop/m${index}` }),
          sensitive,
        }));
        const orphan = hasOrphan ? [onServer(99, { name: "gone" }, { marker: "shop/gone" })] : [];
        const observed = observedOf(...objects, ...orphan);
        const real = planOf(desired, observed, options);
        const blind = planOf(desired, await throughFile(observed), options);
        expect(withoutSensitive(blind)).toEqual(withoutSensitive(real));
      }),
    );
  });
});

describe("a snapshot", () => {
  const entity = onServer(
    1,
    { name: "API", type: "http", headers: { A: secret }, url: "https://x" },
    { marker: "shop/api" },
  );
  const hiding = { ...entity, sensitive: ["/headers/A"], row: { headers: secret } };

  test("leaves out a field with a secret anywhere in it, and every row", () => {
    const [snapped] = toSnapshot(observedOf(hiding)).entities;
    expect(snapped?.spec).toEqual({ name: "API", type: "http", url: "https://x" });
    expect(snapped?.sensitive).toEqual(["/headers"]);
    expect(JSON.stringify(toSnapshot(observedOf(hiding)))).not.toContain(secret);
  });

  test.each<[string, JsonObject]>([
    ["an address with a password", { url: `https://kuma:${secret}@example.com` }],
    ["an address with a token", { url: `https://example.com/?token=${secret}` }],
    ["the secret of another object", { keyword: `the word ${secret}` }],
  ])("leaves out %s", (_what, fields) => {
    const other = onServer(2, { name: "Other", ...fields }, { marker: "shop/other" });
    expect(JSON.stringify(toSnapshot(observedOf(hiding, other)))).not.toContain(secret);
  });

  test("is the same text for the same state, in whatever order the server told it", () => {
    const other = onServer(2, { name: "Other" }, { marker: "shop/other" });
    expect(JSON.stringify(toSnapshot(observedOf(other, hiding)))).toBe(
      JSON.stringify(toSnapshot(observedOf(hiding, other))),
    );
  });

  test("carries the ledger", async () => {
    const ledger: Ledger = {
      entries: new Map([
        [
          "monitor/api",
          { id: 1, variant: "monitor:http", onRemove: "pause", isProtected: true, fields: { url: "f1" } },
        ],
      ]),
      defaults: new Map([["monitor:http", { interval: "d1" }]]),
      intents: [{ key: "monitor/new", name: "New", after: 7 }],
    };
    const observed: Observed = { ...observedOf(hiding), ledger: { state: "known", ledger } };
    expect((await throughFile(observed)).ledger).toEqual(observed.ledger);
    const unreadable: Observed = { ...observed, ledger: { state: "unreadable", reason: "no JSON" } };
    expect((await throughFile(unreadable)).ledger).toEqual(unreadable.ledger);
  });

  test("keeps where an object of an unknown type belongs", async () => {
    const unknown = { ...onServer(3, { name: "Later" }), spec: undefined, row: { parent: 1, type: "later" } };
    expect((await throughFile(observedOf(unknown))).entities[0]).toMatchObject({ spec: undefined, row: { parent: 1 } });
  });
});
