/** No secret in what a probe says, however the service sends it back. */
import { assert, asyncProperty, constantFrom, string } from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { labOfFile, probed } from "./probing.ts";
import { always, target } from "./target.ts";

const lab = labOfFile();

/** Long and odd enough not to turn up by chance. */
const secret = string({ minLength: 3, maxLength: 40, unit: "grapheme-ascii" }).map((text) => `Zq7${text}9`);

const echoes: Readonly<Record<string, (value: string) => string>> = {
  plain: (value) => `you sent ${value}, thanks`,
  json: (value) => JSON.stringify({ echo: value }),
  url: (value) => `?q=${encodeURIComponent(value)}`,
  base64: (value) => Buffer.from(value).toString("base64"),
};

const places: Readonly<Record<string, (value: string) => JsonObject>> = {
  header: (value) => ({ headers: { "X-Api": value } }),
  password: (value) => ({ authMethod: "basic", basicAuthUser: "u", basicAuthPass: value }),
  bearer: (value) => ({ authMethod: "bearer", bearerToken: value }),
  body: (value) => ({ method: "POST", body: { login: { password: value } } }),
};

describe("law: a secret that a service sends back is not shown", () => {
  test.each(["http", "keyword", "json-query"])("%s", async (type) => {
    let answer = "";
    const { url } = await target((request, response) => always(200, answer)(request, response));
    const question =
      type === "keyword" ? { keyword: "nowhere" } : type === "json-query" ? { jsonPath: "$", expectedValue: "x" } : {};
    await assert(
      asyncProperty(
        secret,
        constantFrom(...Object.keys(echoes)),
        constantFrom(...Object.keys(places)),
        async (value, echo, place) => {
          const written = places[place]?.(value) ?? {};
          answer = echoes[echo]?.(value) ?? "";
          const result = await probed({ type, url, ...question, ...written }, { lab });
          const shown = JSON.stringify([result.message, result.body?.text, result.query, result.notes]);
          for (const spell of Object.values(echoes).slice(1)) {
            const spelled = spell(value).replace(/^\?q=/, "");
            expect(shown).not.toContain(JSON.stringify(spelled).slice(1, -1));
          }
          expect(shown).not.toContain(JSON.stringify(value).slice(1, -1));
        },
      ),
      { numRuns: 40 },
    );
  });
});

test("values that the caller names", async () => {
  const { url } = await target(always(200, "the port is 5432, the name hunter2"));
  const { body } = await probed({ url }, { secrets: ["hunter2", "is"] });
  expect(body?.text).toBe("the port is 5432, the name (sensitive)");
});

test("a long response is cut after its secrets were removed", async () => {
  const value = "Zq7-secret-value";
  const { url } = await target(always(200, "x".repeat(490) + value + "y".repeat(1000)));
  const { body } = await probed({ url, headers: { "X-Api": value } });
  expect(body).toMatchObject({ bytes: 1506, isShortened: true });
  expect(body?.text).toBe("x".repeat(490) + "(sensitive");
});
