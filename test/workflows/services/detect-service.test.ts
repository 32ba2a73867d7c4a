import { describe, expect, it } from "vitest";
import type { ServicePort } from "../../../src/services/requests/port.ts";
import { detectService, readAddress } from "../../../src/workflows/services/detect-service.ts";

/** An Ollama whose models have these names. */
function ollamaWith(names: readonly string[]): ServicePort {
  return async ({ url }) => {
    const isList = url.endsWith("/api/tags");
    const body = isList ? JSON.stringify({ models: names.map((name) => ({ name })) }) : "Ollama is running";
    return { status: 200, contentType: isList ? "application/json" : "text/plain", body };
  };
}

describe("detectService", () => {
  it("takes over no name that no block could have", async () => {
    const port = ollamaWith(["", "x".repeat(61), "tiny:latest", "a\nb: c"]);
    expect(await detectService(port, "http://name:secret@ollama:11434")).toEqual({
      type: "known",
      address: "http://ollama:11434",
      service: "ollama",
      version: undefined,
      models: ["tiny:latest", "a\nb: c"],
    });
  });

  it("asks nothing more where nothing answers", async () => {
    const asked: string[] = [];
    const port: ServicePort = async ({ url }) => {
      asked.push(url);
      throw Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
    };
    expect(await detectService(port, "http://x")).toEqual({
      type: "unreachable",
      address: "http://x",
      code: "ECONNREFUSED",
    });
    expect(asked).toEqual(["http://x/"]);
  });
});

describe("readAddress", () => {
  it.each([
    ["localhost:11434", "http://localhost:11434"],
    ["https://ai.example/base/?token=x#y", "https://ai.example/base"],
  ])("%s is %s", (text, expected) => {
    expect(readAddress(text)).toBe(expected);
  });

  it.each(["ftp://x", "redis://x:6379", "http://", "a b"])("refuses %s", (text) => {
    expect(() => readAddress(text)).toThrow(/addresses of web services/u);
  });
});
