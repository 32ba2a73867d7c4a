import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../src/model/json.ts";
import { builtInSamples } from "../../../../src/services/open-webui/samples/built-in-samples.ts";

const base = "https://chat.example";
const instances = [{ url: base, version: "0.11.0" }];

function sampleOf(written: JsonObject, version = "0.11.0"): Json | undefined {
  const monitors = { it: { type: "json-query", ...written, url: `${base}${written["url"] as string}` } };
  return builtInSamples(monitors, [{ url: base, version }]).get("it")?.healthy;
}

function captured(file: string): JsonObject {
  return JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as JsonObject;
}

/** Places of a value, lists without index: a field that no real answer has would prove nothing. */
function places(value: Json, at = ""): readonly string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item: Json) => places(item, `${at}[]`)))];
  if (typeof value !== "object" || value === null) return [at];
  return Object.entries(value).flatMap(([name, item]) => [`${at}.${name}`, ...places(item, `${at}.${name}`)]);
}

const named = (path: string): JsonObject => ({ url: path, jsonPath: "$exists(data[id='gpt-4o'])" });
function grants(version: string): readonly string[] {
  return places(sampleOf(named("/api/models"), version) ?? null).filter((place) => /access_\w+$/u.test(place));
}

const prompt = { model: "gpt-4o", messages: [{ role: "user", content: "Respond with the word HEALTHY" }] };
const completion = (body: JsonObject): JsonObject => ({ url: "/api/chat/completions", method: "POST", body });

describe("a built-in sample", () => {
  it.each([
    [{ url: "/health" }, "health-ok.json"],
    [{ url: "/ready" }, "ready-ok.json"],
    [{ url: "/health/db" }, "health-db-ok.json"],
    [{ url: "/api/version" }, "version.json"],
    [{ url: "/api/config" }, "config-anonymous.json"],
    [named("/api/models"), "models-healthy-ollama-openai.json"],
    [named("/openai/models"), "openai-models-ok.json"],
    [{ url: "/ollama/api/tags" }, "ollama-tags-ok.json"],
    [{ url: "/ollama/api/version" }, "ollama-version-ok.json"],
    [completion(prompt), "completion-healthy-openai.json"],
    [completion({ ...prompt, model: "llama3.1:latest" }), "completion-healthy-ollama.json"],
  ])("%j has no field that a real answer lacks", (written, file) => {
    const sample = sampleOf(written) ?? null;
    expect(places(captured(file))).toEqual(expect.arrayContaining([...places(sample)]));
  });

  it.each([
    ["is the web page", { url: "/health/" }, "0.11.0"],
    ["is newer than the release", { url: "/ready" }, "0.8.10"],
    ["is asked with another method", { url: "/health", method: "POST" }, "0.11.0"],
    ["is refused by the release", completion(prompt), "0.9.5"],
    ["says what nobody knows", completion({ ...prompt, messages: [{ role: "user", content: "Hi" }] }), "0.11.0"],
    ["comes as a stream", completion({ ...prompt, stream: true }), "0.11.0"],
    ["is no route", { url: "/nowhere" }, "0.11.0"],
  ])("is not made up for an answer that %s", (_, written, version) => {
    expect(sampleOf(written, version)).toBeUndefined();
  });

  it("lists every model that a monitor of the instance names, and both kinds of provider", () => {
    const monitors = {
      one: { type: "json-query", url: `${base}/api/models`, jsonPath: "$count(data[id in ['a', \"b\"]]) = 2" },
      two: {
        type: "json-query",
        ...completion({ ...prompt, model: "mistral:7b" }),
        url: `${base}/api/chat/completions`,
      },
      other: { type: "json-query", url: "https://other.example/api/models", jsonPath: "$exists(data[id='c'])" },
    };
    const sample = builtInSamples(monitors, instances).get("one");
    expect(sample?.healthy).toMatchObject({
      data: [
        { id: "a", owned_by: "openai" },
        { id: "b", owned_by: "openai" },
        { id: "mistral:7b", owned_by: "ollama" },
      ],
    });
  });

  it("grants models as the release does", () => {
    expect(grants("0.7.2")).toEqual([".data[].info.access_control"]);
    expect(grants("0.8.0")).toEqual([".data[].info.access_grants"]);
  });
});
