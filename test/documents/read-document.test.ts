/** Documents that come back are read by their published schemas; what is wrong is said with its place. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocument, type DocumentKind } from "../../src/documents/read-document.ts";
import { toSnapshot } from "../../src/documents/to-snapshot.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { createDocument } from "../../src/output/json.ts";
import { created, planOf } from "../output/sample-plan.ts";
import { observedOf, onServer } from "../plan/builder.ts";

function json(document: object): JsonObject {
  return JSON.parse(JSON.stringify(document)) as JsonObject;
}

const done = { type: "done" } as const;
const entry = { id: 1, variant: "monitor:http", onRemove: "pause", fields: { url: "f1" } };
const good: Readonly<Record<DocumentKind, JsonObject>> = {
  snapshot: json(createDocument("snapshot", done, toSnapshot(observedOf(onServer(1, { name: "API" }))))),
  plan: json(createDocument("plan", done, { ...planOf([created("api", [])]), findings: [] })),
  ledger: json({ entries: { "monitor/api": entry }, defaults: {}, intents: [] }),
};
const kinds = ["plan", "snapshot", "ledger"] as const;
const object = (good.snapshot["entities"] as readonly JsonObject[])[0] ?? {};

test.each(kinds)("a %s that kuma-sync wrote", async (kind) => {
  expect(await readDocument(kind, JSON.stringify(good[kind]))).toEqual({ document: good[kind] });
});

describe("what is wrong", () => {
  test.each<[DocumentKind, string, Json | undefined, string]>([
    ["plan", "no JSON", undefined, "it is not JSON"],
    ["snapshot", "a list", [], "it is not a JSON object"],
    ["plan", "another document", { ...good.snapshot }, '/type must be "kuma-sync.plan"'],
    ["snapshot", "another document", { type: "kuma-sync.plan" }, '/type must be "kuma-sync.snapshot"'],
    ["plan", "one that is cut", { type: "kuma-sync.plan", formatVersion: "1.0", ok: true }, 'it has no "project"'],
    [
      "snapshot",
      "an unknown kind",
      { ...good.snapshot, entities: [{ ...object, kind: "dog" }] },
      "/entities/0/kind must be one of tag,",
    ],
    [
      "snapshot",
      "an id as text",
      { ...good.snapshot, entities: [{ ...object, id: "1" }] },
      "/entities/0/id must be a whole number",
    ],
    [
      "snapshot",
      "a ledger with a wrong key",
      { ...good.snapshot, ledger: { state: "known", entries: { x: entry }, defaults: {}, intents: [] } },
      "/ledger/entries/x must be the key of an object",
    ],
    [
      "snapshot",
      "a ledger that is not there",
      { ...good.snapshot, ledger: { state: "known" } },
      '/ledger has no "entries"',
    ],
    ["ledger", "a wrong key", { ...good.ledger, entries: { x: entry } }, "/entries/x must be the key of an object"],
    ["ledger", "a member that is not known", { ...good.ledger, more: 1 }, "/more is not known"],
    [
      "ledger",
      "an id that is none",
      { ...good.ledger, entries: { "monitor/a": { ...entry, id: 0 } } },
      "/entries/monitor~1a/id is not this: The server's number",
    ],
  ])("%s, %s", async (kind, _what, document, message) => {
    const result = await readDocument(kind, document === undefined ? "{" : JSON.stringify(document));
    expect(result).toMatchObject({ problem: { type: "shape", hint: expect.stringMatching(/./u) } });
    expect("problem" in result ? result.problem.message : "").toContain(message);
  });

  test.each(["plan", "snapshot"] as const)("a %s of another major format is told from a damaged one", async (kind) => {
    const later = { ...good[kind], formatVersion: "2.0", more: 1 };
    expect(await readDocument(kind, JSON.stringify(later))).toMatchObject({
      problem: { type: "format", message: 'it has the format "2.0", and this version reads 1.x' },
    });
  });

  test.each(["plan", "snapshot"] as const)(
    "a %s of a later minor format may have members that are not known",
    async (kind) => {
      const later = { ...good[kind], formatVersion: "1.9", more: 1 };
      expect(await readDocument(kind, JSON.stringify(later))).toEqual({ document: later });
    },
  );

  test.each(kinds)("law: no other JSON passes for a %s", async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (junk) => {
        expect(await readDocument(kind, JSON.stringify(junk))).toHaveProperty("problem");
      }),
    );
  });
});
