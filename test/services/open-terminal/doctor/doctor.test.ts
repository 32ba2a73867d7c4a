import { describe, expect, it } from "vitest";
import { doctor } from "../../../../src/services/open-terminal/doctor/doctor.ts";
import { askOnce } from "../../../../src/services/requests/ask-once.ts";
import { recordedPort, type RequestNames } from "../../recorded-port.ts";

const url = "http://open-terminal:8000";
const block = { url, apiKey: "Zq9vX3Zq9vX3", execute: true };
const names: RequestNames = {
  "GET /health": "health",
  "GET /api/config": "config",
  "GET /files/cwd": "cwd",
  "POST /execute?wait=5": "execute",
};

async function codesOf(state: string, more: RequestNames = {}, written: object = block): Promise<readonly string[]> {
  const port = recordedPort("open-terminal", state, { ...names, ...more });
  const { advice } = await doctor.diagnose(port, { ...written }, { wantsCompletions: false });
  return advice.map(({ code }) => code);
}

function seen(more: RequestNames): ReturnType<typeof doctor.recognise> {
  return doctor.recognise(askOnce(recordedPort("open-terminal", "healthy", { ...names, ...more }), url));
}

describe("the doctor of an Open Terminal", () => {
  it.each([
    ["healthy", []],
    ["workdir-gone", ["storage-gone"]],
    ["paused", ["unreachable"]],
  ])("says of the state %s: %j", async (state, expected) => {
    expect(await codesOf(state)).toEqual(expected);
  });

  it("tells a missing key, a wrong one, and a command that fails or goes on", async () => {
    expect(await codesOf("healthy", {}, { url })).toEqual(["key-not-sent"]);
    expect(await codesOf("healthy", { "GET /files/cwd": "cwd-wrongkey" })).toEqual(["key-unknown"]);
    expect(await codesOf("healthy", { "POST /execute?wait=5": "execute-fail" })).toEqual(["command-failed"]);
    expect(await codesOf("healthy", { "POST /execute?wait=5": "execute-nowait" })).toEqual(["command-failed"]);
  });

  it("recognises an Open Terminal by its features", async () => {
    expect(await seen({})).toEqual({ version: undefined });
    expect(await seen({ "GET /api/config": "health" })).toBeUndefined();
  });
});
