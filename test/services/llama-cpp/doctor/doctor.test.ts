import { describe, expect, it } from "vitest";
import { doctor } from "../../../../src/services/llama-cpp/doctor/doctor.ts";
import { askOnce } from "../../../../src/services/requests/ask-once.ts";
import { recordedPort } from "../../recorded-port.ts";
import { llamaCppNames as names } from "../../recorded-server.ts";

const url = "http://llama:8080";
const block = { url, apiKey: "Zq9vX3Zq9vX3", models: ["tiny"] };

const ofState = (state: string, more: object): ReturnType<typeof doctor.recognise> =>
  doctor.recognise(askOnce(recordedPort("llama-cpp", state, { ...names, ...more }), url));

describe("the doctor of a llama-server", () => {
  it.each([
    ["healthy", []],
    ["loading", ["still-loading"]],
    ["slot-busy", ["server-busy"]],
    ["weights-file-gone", []],
    ["paused", ["unreachable"]],
  ])("says of the state %s: %j", async (state, expected) => {
    const { advice } = await doctor.diagnose(recordedPort("llama-cpp", state, names), block, {
      wantsCompletions: true,
    });
    expect(advice.map(({ code }) => code)).toEqual(expected);
  });

  it.each([
    ["a wrong key", block, "key-unknown"],
    ["no key", { url, models: ["tiny"] }, "key-not-sent"],
  ])("tells %s", async (_, written, code) => {
    const port = recordedPort("llama-cpp", "healthy", { ...names, "GET /v1/models": "models-nokey" });
    const { advice } = await doctor.diagnose(port, written, { wantsCompletions: true });
    expect(advice.map((one) => one.code)).toEqual([code]);
  });

  it("misses a model of a router alone, because a server of one model ignores the name", async () => {
    const port = recordedPort("llama-cpp", "router", { ...names, "GET /v1/models": "models" });
    const models = ["tinny"];
    const routed = await doctor.diagnose(port, { url, models, router: true }, { wantsCompletions: false });
    expect(routed.advice).toMatchObject([
      { code: "model-missing", steps: ['see whether "tiny" is meant', expect.any(String)] },
    ]);
    const single = await doctor.diagnose(port, { url, models }, { wantsCompletions: false });
    expect(single.advice).toMatchObject([{ code: "not-asked" }]);
  });

  it("recognises it with a key, without one, and while it loads", async () => {
    expect(await ofState("healthy", {})).toMatchObject({ models: ["llm/tiny.gguf"] });
    expect(await ofState("healthy", { "GET /v1/models": "models-nokey" })).toMatchObject({ models: [] });
    expect(await ofState("loading", { "GET /v1/models": "models" })).toBeDefined();
    expect(await ofState("healthy", { "GET /v1/models": "health" })).toBeUndefined();
  });
});
