import { setImmediate as soon } from "node:timers/promises";
import { expect, test } from "vitest";
import { savePage } from "../../../src/kinds/status-page/save-page.ts";
import type { KumaClient } from "../../../src/model/kuma-client.ts";
import { recordingClient } from "../recording-client.ts";

/** A client whose server has a page for each slug, and that remembers how many saves were under way at once. */
function pagesClient(fails: readonly string[]): { readonly client: KumaClient; readonly most: () => number } {
  const plain = recordingClient();
  let [open, most] = [0, 0];
  const client: KumaClient = {
    ...plain,
    read: async (_event, slug) => ({ ok: true, config: { id: Number(slug), slug: slug ?? null } }),
    readPublic: async () => ({ publicGroupList: [] }),
    write: async (event, ...args) => {
      open += 1;
      most = Math.max(most, open);
      await soon();
      open -= 1;
      if (fails.some((slug) => slug === args[0])) throw new Error("the database is locked");
      return await plain.write(event, ...args);
    },
  };
  return { client, most: () => most };
}

test("pages are saved one at a time, and one that fails does not hold up the others", async () => {
  const { client, most } = pagesClient(["2"]);
  const payload = { imgDataUrl: "", publicGroupList: [] };
  const outcomes = await Promise.allSettled(
    ["1", "2", "3"].map((slug) => savePage(client, slug, { payload, keepsIcon: false, id: Number(slug) })),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(most()).toBe(1);
});
