import { expect, test } from "vitest";
import { tag } from "../../src/kinds/tag.ts";
import { InternalError } from "../../src/model/errors.ts";
import { contextOf, desired, observed, recordingClient } from "./recording-client.ts";

test("a tag is made with the first colour of the palette, or its own", async () => {
  const client = recordingClient();
  expect(await tag.create(contextOf(client), desired(tag, "team", { name: "team" }))).toBe(100);
  await tag.create(contextOf(client), desired(tag, "prod", { name: "prod", color: "#dc2626" }));
  expect(client.calls.map(({ args }) => args)).toEqual([
    [{ name: "team", color: "#4B5563" }],
    [{ name: "prod", color: "#DC2626" }],
  ]);
});

test("a change names the tag by its id", async () => {
  const client = recordingClient();
  await tag.update(contextOf(client), {
    entity: desired(tag, "team", { name: "team", color: "#2563EB" }),
    observed: observed(tag, { id: 4, name: "team", color: "#4b5563" }),
    changes: [{ path: "/color", sensitive: false }],
    owner: undefined,
  });
  expect(client.calls).toEqual([{ event: "editTag", args: [{ id: 4, name: "team", color: "#2563EB" }] }]);
});

test("the case of a colour does not count", () => {
  expect(observed(tag, { id: 4, name: "team", color: "#2563eb" }).spec).toEqual(
    desired(tag, "team", { name: "team", color: "#2563EB" }).spec,
  );
});

test("the tag that carries the markers is none of the user's", async () => {
  const tags = [
    { id: 1, name: "kuma-sync", color: "#4B5563" },
    { id: 2, name: "team", color: "#2563EB" },
  ];
  expect((await tag.rows(recordingClient({ tags }), { freshness: "anew" })).map(({ id }) => id)).toEqual([2]);
});

test("tags are never deleted: that would take them off other projects' monitors", async () => {
  const client = recordingClient();
  await expect(tag.remove({ client }, observed(tag, { id: 4, name: "team", color: "#2563EB" }))).rejects.toThrow(
    InternalError,
  );
  expect(client.calls).toEqual([]);
});
