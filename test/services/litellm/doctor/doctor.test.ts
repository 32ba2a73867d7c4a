import { describe, expect, it } from "vitest";
import { doctor } from "../../../../src/services/litellm/doctor/doctor.ts";
import { askOnce } from "../../../../src/services/requests/ask-once.ts";
import { recordedPort } from "../../recorded-port.ts";
import { litellmNames as names } from "../../recorded-server.ts";

const apiKey = "sk-Zq9vX3Zq9vX3";
const block = { url: "http://litellm:4000", apiKey, models: ["gpt-4o-mini"] };

describe("the doctor of a LiteLLM", () => {
  it.each([
    ["healthy", []],
    ["one-dead", []],
    ["upstream-401", ["provider-refuses-key"]],
    ["upstream-429", ["provider-limit"]],
    ["cooldown", ["provider-set-aside"]],
    ["upstream-500", ["provider-down"]],
    ["upstream-502html", ["provider-down"]],
    ["upstream-html200", ["provider-down"]],
    ["upstream-err200", ["provider-down"]],
    ["upstream-empty", ["provider-down"]],
    ["upstream-hang", ["provider-hangs"]],
    ["upstream-gone", ["provider-down"]],
  ])("says of the state %s: %j", async (state, expected) => {
    const port = recordedPort("litellm", state, names);
    const { advice } = await doctor.diagnose(port, block, { wantsCompletions: true });
    expect(advice.map(({ code }) => code)).toEqual(expected);
  });

  it.each([
    ["models-wrongkey", "does not know the key: it has no database"],
    ["models-nokey", "prisma"],
  ])("tells a key that is refused: %s", async (name, words) => {
    const port = recordedPort("litellm", "healthy", { ...names, "GET /v1/models": name });
    const { advice } = await doctor.diagnose(port, block, { wantsCompletions: true });
    expect(advice).toHaveLength(1);
    expect(advice[0]?.code).toBe("key-unknown");
    expect(JSON.stringify(advice)).toContain(words);
    expect(JSON.stringify(advice)).not.toContain(apiKey);
  });

  it("tells a model that the proxy does not offer, and asks nothing that costs unless told to", async () => {
    const port = recordedPort("litellm", "healthy", names);
    const models = ["gpt-4o-mini", "gpt-4o-mini2"];
    const { advice, requests } = await doctor.diagnose(port, { ...block, models }, { wantsCompletions: false });
    expect(advice.map(({ code }) => code)).toEqual(["model-missing", "not-asked"]);
    expect(requests.map(({ method }) => method)).not.toContain("POST");
  });

  it("recognises it without a key", async () => {
    const known = await doctor.recognise(askOnce(recordedPort("litellm", "upstream-gone", names), block.url));
    expect(known).toEqual({ version: "1.108.7" });
    expect(await doctor.recognise(askOnce(recordedPort("ollama", "healthy", {}), block.url))).toBeUndefined();
  });
});
