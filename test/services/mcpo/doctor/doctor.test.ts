import { describe, expect, it } from "vitest";
import { doctor } from "../../../../src/services/mcpo/doctor/doctor.ts";
import { askOnce } from "../../../../src/services/requests/ask-once.ts";
import { recordedPort, type RequestNames } from "../../recorded-port.ts";

const url = "http://mcpo:8000";
const tools = [{ name: "get_current_time", arguments: { timezone: "UTC" }, expect: "$exists(datetime)" }];
const block = { url, apiKey: "Zq9vX3Zq9vX3", servers: { time: { tools } } };
const names: RequestNames = {
  "GET /openapi.json": "openapi",
  "GET /time/openapi.json": "time-openapi",
  "POST /time/get_current_time": "tool",
};

async function said(state: string, more: RequestNames = {}, written: object = block): Promise<readonly string[]> {
  const port = recordedPort("mcpo", state, { ...names, ...more });
  const { advice } = await doctor.diagnose(port, { ...written }, { wantsCompletions: false });
  return advice.map(({ code, message }) => `${code}: ${message}`);
}

function seen(more: RequestNames): ReturnType<typeof doctor.recognise> {
  return doctor.recognise(askOnce(recordedPort("mcpo", "healthy", { ...names, ...more }), url));
}

describe("the doctor of an mcpo", () => {
  it.each([
    ["healthy", []],
    ["tool-killed", []],
    ["tool-paused", ['tool-failed: "get_current_time" of "time" does not work (no answer, ETIMEDOUT)']],
    ["tool-cannot-start", ['tool-failed: "get_current_time" of "time" does not work (status 500)']],
    ["failed-at-start", ['tool-failed: "time" has no tools: it failed when mcpo started']],
    ["paused", ["unreachable: nothing answers (ETIMEDOUT)"]],
  ])("says of the state %s: %j", async (state, expected) => {
    expect(await said(state)).toEqual(expected);
  });

  it("tells a key that is missing from one that is wrong, and a server that is not there", async () => {
    expect(await said("healthy", { "POST /time/get_current_time": "tool-nokey" })).toEqual([
      "key-not-sent: mcpo wants a key for this, and none arrived",
    ]);
    expect(await said("healthy", { "POST /time/get_current_time": "tool-wrongkey" })).toEqual([
      "key-unknown: mcpo does not know the key",
    ]);
    expect(await said("healthy", { "GET /openapi.json": "tool-nokey" }, { url })).toEqual([
      "key-not-sent: mcpo wants a key for this, and none arrived",
    ]);
    expect(await said("healthy", {}, { url, servers: { other: null } })).toEqual([
      'wrong-service: it has no server "other"',
    ]);
  });

  it("recognises an mcpo by the title of its documentation", async () => {
    expect(await seen({})).toEqual({ version: undefined });
    expect(await seen({ "GET /openapi.json": "time-openapi" })).toBeUndefined();
  });
});
