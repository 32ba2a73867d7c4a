import { describe, expect, it } from "vitest";
import { doctor } from "../../../../src/services/ollama/doctor/doctor.ts";
import { askOnce } from "../../../../src/services/requests/ask-once.ts";
import { recordedPort } from "../../recorded-port.ts";
import { ollamaNames as names } from "../../recorded-server.ts";

const url = "http://name:Zq9vX3@ollama:11434";
const block = { url, models: ["tiny"] };

describe("the doctor of an Ollama", () => {
  it.each([
    ["healthy", []],
    ["runner-killed", []],
    ["weights-gone", ["weights-gone"]],
    ["weights-corrupt", ["weights-broken"]],
    ["weights-cut", ["weights-broken"]],
    ["storage-gone", ["no-model-visible", "model-missing"]],
    ["queue-full", ["server-busy"]],
    ["foreign-host", ["foreign-host"]],
    ["daemon-paused", ["unreachable"]],
  ])("says of the state %s: %j", async (state, expected) => {
    const port = recordedPort("ollama", state, names);
    const { advice, url: shown } = await doctor.diagnose(port, block, { wantsCompletions: true });
    expect(advice.map(({ code }) => code)).toEqual(expected);
    expect(JSON.stringify(advice)).not.toContain("Zq9vX3");
    expect(shown).toBe("http://ollama:11434");
  });

  it("asks no model for an answer unless told to", async () => {
    const { requests, advice } = await doctor.diagnose(recordedPort("ollama", "healthy", names), block, {
      wantsCompletions: false,
    });
    expect(requests.map(({ path }) => path)).not.toContain("/api/chat");
    expect(advice).toMatchObject([{ code: "not-asked", severity: "info" }]);
  });

  it("guesses the model that is meant, and names those that nobody watches", async () => {
    const port = recordedPort("ollama", "storage-gone", { ...names, "GET /api/tags": "none" });
    const missing = await doctor.diagnose(port, { url, models: ["tinny"] }, { wantsCompletions: false });
    expect(missing.advice[0]).toMatchObject({ code: "model-missing" });
    const bare = await doctor.diagnose(recordedPort("ollama", "healthy", names), { url }, { wantsCompletions: false });
    expect(bare.advice).toMatchObject([{ code: "model-not-named", message: expect.stringContaining("tiny:latest") }]);
  });

  it("recognises it without a key, and its release", async () => {
    const known = await doctor.recognise(askOnce(recordedPort("ollama", "weights-gone", names), url));
    expect(known?.version).toMatch(/^\d+\.\d+/u);
    expect(await doctor.recognise(askOnce(recordedPort("litellm", "healthy", {}), url))).toBeUndefined();
  });
});
