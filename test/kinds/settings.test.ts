import { expect, test } from "vitest";
import { settings } from "../../src/kinds/settings.ts";
import type { JsonObject, JsonPointer } from "../../src/model/json.ts";
import { contextOf, desired, observed, recordingClient } from "./recording-client.ts";

async function sent(data: JsonObject, written: JsonObject, paths: readonly JsonPointer[]): Promise<unknown> {
  const client = { ...recordingClient(), read: () => Promise.resolve({ ok: true, data }) };
  await settings.update(contextOf(client), {
    entity: desired(settings, "server", written),
    observed: observed(settings, { id: 1, ...data }),
    changes: paths.map((path) => ({ path, sensitive: false })),
    owner: undefined,
  });
  return client.calls;
}

test("only what changes is sent, and what the server would miss", async () => {
  const data = { serverTimezone: "UTC", kumaSync: { a: 1 }, keepDataPeriodDays: 180, trustProxy: true };
  const written = { keepDataPeriodDays: 90, serverTimezone: "UTC" };
  expect(await sent(data, written, ["/keepDataPeriodDays"])).toEqual([
    {
      event: "setSettings",
      args: [{ entryPage: "dashboard", nscd: true, chromeExecutable: null, keepDataPeriodDays: 90 }, ""],
    },
  ]);
});

test("keys that the server treats as changed when they are missing stay unchanged", async () => {
  const data = { entryPage: "statusPage-main", nscd: false, disableAuth: true, chromeExecutable: "/usr/bin/chromium" };
  expect(await sent(data, { checkBeta: true }, ["/checkBeta"])).toEqual([
    { event: "setSettings", args: [{ ...data, checkBeta: true }, ""] },
  ]);
});

test("an entry page is the dashboard, or a page by its slug", async () => {
  expect(await sent({}, { entryPage: "main" }, ["/entryPage"])).toEqual([
    { event: "setSettings", args: [{ entryPage: "statusPage-main", nscd: true, chromeExecutable: null }, ""] },
  ]);
  expect(await sent({ entryPage: "statusPage-main" }, { entryPage: "dashboard" }, ["/entryPage"])).toEqual([
    { event: "setSettings", args: [{ entryPage: "dashboard", nscd: true, chromeExecutable: null }, ""] },
  ]);
});

test("the confirmation of a risky setting is not a setting", async () => {
  const written = { trustProxy: true, allowRisky: ["trustProxy"] };
  expect(await sent({}, written, ["/trustProxy"])).toEqual([
    {
      event: "setSettings",
      args: [{ entryPage: "dashboard", nscd: true, chromeExecutable: null, trustProxy: true }, ""],
    },
  ]);
  expect(observed(settings, { id: 1 }).spec).not.toHaveProperty("allowRisky");
});

test("an unsaved setting has the server's default", () => {
  expect(observed(settings, { id: 1 }).spec).toMatchObject({
    checkUpdate: true,
    searchEngineIndex: false,
    entryPage: "dashboard",
    tlsExpiryNotifyDays: [7, 14, 21],
    keepDataPeriodDays: null,
  });
});

test("without a change nothing is sent", async () => {
  expect(await sent({}, { checkBeta: true }, [])).toEqual([]);
});
