import { expect, test } from "vitest";
import { withoutApparentSecrets, withoutApparentSecretsIn } from "../../src/secrets/apparent-secrets.ts";

test.each([
  [`{"access_token": "eyJhbGciOi", "total_tokens": 12}`, `{"access_token": "(sensitive)", "total_tokens": 12}`],
  ["Incorrect API key provided: sk-ab***123.", "Incorrect API key provided: (sensitive)"],
  ["sent Bearer abc-def-123 to it", "sent Bearer (sensitive) to it"],
  ["Basic authentication is required, and a Bearer token", "Basic authentication is required, and a Bearer token"],
  ["at https://u:pw@host/?api_key=abc&q=1", "at https://u:(sensitive)@host/?api_key=(sensitive)&q=1"],
  [
    "Cookie: better-auth.session_token=abcDEF123456.sig%3D; better-auth.dont_remember=true.sig%3D",
    "Cookie: better-auth.session_token=(sensitive); better-auth.dont_remember=(sensitive)",
  ],
  ["the token is eyJhbGci.eyJzdWIi.c2ln now", "the token is (sensitive) now"],
])("%s", (text, shown) => {
  expect(withoutApparentSecrets(text)).toBe(shown);
  expect(withoutApparentSecrets(shown)).toBe(shown);
});

test("a member with a telling name is hidden in JSON too", () => {
  expect(withoutApparentSecretsIn({ session: { refresh_token: "eyJhbGciOi", token: "none" }, items: ["a"] })).toEqual({
    session: { refresh_token: "(sensitive)", token: "none" },
    items: ["a"],
  });
});
