import { describe, expect, it } from "vitest";
import { doctor } from "../../../../src/services/pipelines/doctor/doctor.ts";
import { askOnce } from "../../../../src/services/requests/ask-once.ts";
import { recordedPort, type RequestNames } from "../../recorded-port.ts";

const url = "http://pipelines:9099";
const block = { url, apiKey: "Zq9vX3Zq9vX3", models: ["probe"] };
const names: RequestNames = {
  "GET /": "root",
  "GET /v1": "v1",
  "GET /v1/models": "models",
  "POST /v1/chat/completions": "chat",
};

async function codesOf(state: string, more: RequestNames = {}, written: object = block): Promise<readonly string[]> {
  const port = recordedPort("pipelines", state, { ...names, ...more });
  const { advice } = await doctor.diagnose(port, { ...written }, { wantsCompletions: true });
  return advice.map(({ code }) => code);
}

function seen(more: RequestNames): ReturnType<typeof doctor.recognise> {
  return doctor.recognise(askOnce(recordedPort("pipelines", "healthy", { ...names, ...more }), url));
}

describe("the doctor of a Pipelines server", () => {
  it.each([
    ["healthy", []],
    ["module-failed", ["model-missing"]],
    ["module-throws", ["completion-failed"]],
    ["paused", ["unreachable"]],
  ])("says of the state %s: %j", async (state, expected) => {
    expect(await codesOf(state)).toEqual(expected);
  });

  it("tells a missing key from a wrong one", async () => {
    expect(await codesOf("healthy", {}, { url })).toEqual(["key-not-sent"]);
    expect(await codesOf("healthy", { "GET /v1/models": "models-wrongkey" })).toEqual(["key-unknown"]);
  });

  it("recognises a Pipelines server by its two roots", async () => {
    expect(await seen({})).toEqual({ version: undefined });
    expect(await seen({ "GET /v1": "models" })).toBeUndefined();
  });
});
