import { expect, test } from "vitest";
import { secretsOf } from "../../src/secrets/object-secrets.ts";
import { monitorOf } from "../probe/monitors.ts";

test("texts of a body that are not secret are left out", () => {
  const { spec, sensitive } = monitorOf({
    type: "http",
    url: "http://127.0.0.1",
    headers: { "Content-Type": "application/json", Authorization: "Bearer sk-123456" },
    body: {
      model: "gpt-4o",
      max_tokens: 5,
      messages: [{ role: "user", content: "Say OK" }],
      user: { apiKey: "k-99999" },
    },
  });
  expect(secretsOf(spec, sensitive)).toEqual(["Bearer sk-123456", "sk-123456", "k-99999"]);
});

test("values behind a telling name in a body that is text", () => {
  const { spec, sensitive } = monitorOf({
    type: "http",
    url: "http://127.0.0.1",
    httpBodyEncoding: "form",
    body: "user=me&password=a%2Fbcd&client_secret=xyz9",
  });
  expect(secretsOf(spec, sensitive)).toEqual(["a%2Fbcd", "a/bcd", "xyz9", "xyz9"]);
});
