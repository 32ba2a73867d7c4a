import { expect, test } from "vitest";
import { remoteBrowser } from "../../src/kinds/remote-browser.ts";
import { sensitivePointers } from "../../src/kinds/spec.ts";
import type { Variant } from "../../src/kinds/kind.ts";
import { InternalError } from "../../src/model/errors.ts";
import { contextOf, desired, observed, recordingClient } from "./recording-client.ts";

const browser = { name: "grid", url: "ws://chrome.example.com/playwright?token=s3cret" };

test("is saved by name and address, and the address is never shown: it holds a token", async () => {
  const client = recordingClient();
  const entity = desired(remoteBrowser, "grid", browser);
  expect(await remoteBrowser.create(contextOf(client), entity)).toBe(100);
  await remoteBrowser.remove({ client }, observed(remoteBrowser, { id: 3, ...browser }));
  expect(client.calls).toEqual([
    { event: "addRemoteBrowser", args: [browser, null] },
    { event: "deleteRemoteBrowser", args: [3] },
  ]);
  expect(sensitivePointers(remoteBrowser.variants[0] as Variant, entity.spec)).toEqual(["/url"]);
});

test("an answer without an id is an internal error", async () => {
  const silent = { ...recordingClient(), write: () => Promise.resolve({ ok: true }) };
  const made = remoteBrowser.create(contextOf(silent), desired(remoteBrowser, "grid", browser));
  await expect(made).rejects.toThrow(InternalError);
});
