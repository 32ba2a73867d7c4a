import { describe, expect, it } from "vitest";
import fc from "fast-check";
import type { JsonObject } from "../../../src/model/json.ts";
import { startSilence } from "../../../src/workflows/silences/start-silence.ts";
import { recordingClient } from "../../kinds/recording-client.ts";

describe("the dates of a silence", () => {
  it("are those of the server's clock, in UTC, whatever clock and zone this machine has", async () => {
    const zone = process.env["TZ"];
    process.env["TZ"] = "Pacific/Kiritimati";
    try {
      await fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 0, max: 4_000_000_000 }),
          fc.integer({ min: 1, max: 86_400 }),
          async (now, seconds) => {
            const client = recordingClient({});
            const served = { ...client, clock: () => Promise.resolve(now * 1000) };
            const request = { project: "shop", id: "a", reason: "deploy", seconds, monitors: [] };
            await startSilence(served, request).catch(() => undefined);
            const sent = client.calls[0]?.args[0] as JsonObject;
            const [start, end] = (sent["dateRange"] as string[]).map((date) => Date.parse(`${date}Z`) / 1000);
            expect(sent["timezoneOption"]).toBe("UTC");
            expect(end).toBe(now + seconds);
            expect(start).toBe(now - 60);
          },
        ),
      );
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
  });
});
