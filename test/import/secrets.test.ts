import { execFileSync } from "node:child_process";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpolate } from "../../src/config/values/interpolate.ts";
import { envFileText } from "../../src/import/env-file.ts";
import { envName } from "../../src/import/env-name.ts";
import { hiddenValue, openValue } from "../../src/import/hide.ts";
import { createSecrets, type Secrets } from "../../src/import/secrets.ts";
import { evaluateEnvFile } from "../../src/workflows/environment/evaluate-env-file.ts";

/** The text that a configuration makes of what was written. */
function read(written: string, { variables }: Secrets): string {
  const env = new Map(variables.map(({ name, value }) => [name, value]));
  const { text, problems } = interpolate(written, {
    folder: { path: "/config", root: "/config" },
    env: (name) => ({ text: env.get(name) ?? "" }),
    vars: new Map(),
    file: () => ({ problem: { type: "missing", reason: "there are none" } }),
    onSecret: () => {},
  });
  expect(problems).toEqual([]);
  return text;
}

const anyText = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc
    .array(fc.constantFrom("$", "{", "${", "$${", "}", "env:HOME", "x", "://u:p@", "?token=a", "s3cr3t-value"))
    .map((parts) => parts.join("")),
);

describe("texts in the open", () => {
  test("mean the same when they are read, whatever they hold", () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.string({ minLength: 1 })), (text, others) => {
        const secrets = createSecrets();
        others.forEach((other) => secrets.placeholder(other, ["key", "field"]));
        const written = secrets.text(text, ["key", "url"]);
        expect(read(written, secrets)).toBe(text);
      }),
    );
  });

  test("lose the secrets of other fields", () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ minLength: 6, maxLength: 40 }), fc.string(), (before, secret, after) => {
        const secrets = createSecrets();
        secrets.placeholder(secret, ["key", "token"]);
        const written = secrets.text(`${before}${secret}${after}`, ["key", "url"]);
        expect(written).not.toContain(secret);
        expect(read(written, secrets)).toBe(`${before}${secret}${after}`);
      }),
    );
  });

  test.each([
    ["https://kuma:hunter2@example.com/x", "https://kuma:${env:API_URL_PASSWORD}@example.com/x"],
    // Encoded, the password would be another text than the server's; as it is, it would be misread.
    ["https://kuma:hunt@er2@example.com/x", "${env:API_URL}"],
    ["https://example.com/?a=1&api_key=abc#top", "https://example.com/?a=1&api_key=${env:API_URL_API_KEY}#top"],
    ["https://example.com/user:name@host?tokens=3", "https://example.com/user:name@host?tokens=3"],
    ["http://[::1]:3001/a@b", "http://[::1]:3001/a@b"],
  ])("lose the credentials of an address: %s", (text, written) => {
    expect(createSecrets().text(text, ["api", "url"])).toBe(written);
  });
});

const hidden = (value: Parameters<typeof hiddenValue>[0], schema = {}) => {
  const secrets = createSecrets();
  return { written: hiddenValue(value, schema, { secrets, place: ["api", "headers"] }), secrets };
};

describe("values of sensitive fields", () => {
  test("keep the names of a mapping, values that are not secret, and the word before a credential", () => {
    const { written, secrets } = hidden({
      Accept: "application/json",
      Authorization: "Bearer abc",
      "X-Key": "def",
      "X-Empty": "",
    });
    expect(written).toEqual({
      Accept: "application/json",
      Authorization: "Bearer ${env:API_HEADERS_AUTHORIZATION}",
      "X-Key": "${env:API_HEADERS_X_KEY}",
      "X-Empty": "",
    });
    expect(secrets.variables.map(({ value }) => value)).toEqual(["abc", "def"]);
  });

  test("keep the words of a closed set", () => {
    const schema = { type: "object", properties: { mechanism: { enum: ["plain"] } } };
    expect(hidden({ mechanism: "plain", password: "abc" }, schema).written).toEqual({
      mechanism: "plain",
      password: "${env:API_HEADERS_PASSWORD}",
    });
  });

  test("are one variable where they are deep, with the value as JSON", () => {
    const body = { messages: [{ content: "abc" }], pin: 1234 };
    const { written, secrets } = hidden(body, { type: ["object", "array", "string"] });
    expect(written).toBe("${env:API_HEADERS}");
    expect(secrets.variables).toEqual([{ name: "API_HEADERS", value: JSON.stringify(body) }]);
  });

  test("are the same variable where they are the same", () => {
    const secrets = createSecrets();
    const first = hiddenValue("abc", {}, { secrets, place: ["one", "token"] });
    expect(hiddenValue("abc", {}, { secrets, place: ["two", "token"] })).toBe(first);
    expect(secrets.variables).toHaveLength(1);
  });
});

test("keys of mappings are never expressions, so they are not escaped", () => {
  expect(openValue({ "${a}": "${b}" }, createSecrets(), [])).toEqual({ "${a}": "$${b}" });
});

describe("names of variables", () => {
  test.each([
    [["oncall", "slackwebhookURL"], "ONCALL_SLACKWEBHOOK_URL"],
    [["shop-api", "basicAuthPass"], "SHOP_API_BASIC_AUTH_PASS"],
    [["telegram", "telegramBotToken"], "TELEGRAM_BOT_TOKEN"],
    [["404", "body"], "SECRET_404_BODY"],
    [["kuma-sync", "url", "password"], "SECRET_KUMA_SYNC_URL_PASSWORD"],
  ])("%j is %s", (place, name) => {
    expect(envName(place, new Set())).toBe(name);
  });

  test("are all different, and such as a configuration may read", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { minLength: 1, maxLength: 3 })), (places) => {
        const taken = new Set<string>();
        for (const place of places) {
          const name = envName(place, taken);
          expect(name).toMatch(/^[A-Z_][A-Z0-9_]*$/u);
          expect(name.startsWith("KUMA_SYNC_")).toBe(false);
          expect(taken.has(name)).toBe(false);
          taken.add(name);
        }
      }),
    );
  });
});

function valuesOf(envFile: string): unknown {
  return Object.fromEntries(evaluateEnvFile(envFile, {}, new Map()).values);
}

describe("the file of variables", () => {
  test("quotes what a reader would take for something else", () => {
    const text = envFileText([
      { name: "A", value: "https://example.com/x?a=1" },
      { name: "B", value: "plain-1.2" },
      { name: "C", value: "it's $HOME\nand more" },
      { name: "D", value: "a\\" },
    ]);
    expect(text.split("\n").slice(2).join("\n")).toBe(
      `A='https://example.com/x?a=1'\nB=plain-1.2\nC="it's \\$HOME\nand more"\nD="a\\\\"\n`,
    );
  });

  test("gives any value back, to --env-file and to a shell", () => {
    const values = fc.array(
      fc.string({ unit: fc.constantFrom("a", "'", '"', "\\", "$", "`", "{", "}", "#", "=", " ", "\n", "\t", "é") }),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(values, (texts) => {
        const variables = texts.map((value, index) => ({ name: `V${index}`, value }));
        const expected = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
        const text = envFileText(variables);
        expect(valuesOf(text)).toEqual(expected);
      }),
    );
    const hard = ["it's `x` $HOME\\", "'", "\\'", '"\\"', "a\nb' $(x)"];
    const text = envFileText(hard.map((value, index) => ({ name: `V${index}`, value })));
    const script = `${text}\nprintf '%s\\0' "$V0" "$V1" "$V2" "$V3" "$V4"`;
    expect(execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1)).toEqual(hard);
  });
});
