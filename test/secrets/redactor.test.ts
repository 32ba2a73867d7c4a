import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inert } from "../../src/output/inert.ts";
import { createRedactor } from "../../src/secrets/redactor.ts";
import { shownForSecret } from "../../src/secrets/secret.ts";

/** Not made of the letters of the placeholder, which would be found in it. */
const secret = fc.string({ minLength: 6, maxLength: 20 }).filter((text) => !/^[(sentiv)]+$/u.test(text));

function withSecrets(...secrets: readonly string[]) {
  const redactor = createRedactor(inert);
  redactor.add(secrets);
  return redactor;
}

describe("redact", () => {
  it("leaves no secret in any text", () => {
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (hidden, before, after) => {
        expect(withSecrets(hidden).text(before + hidden + after)).not.toContain(hidden);
      }),
    );
  });

  it("redacts values and not text, so a document stays valid and keeps its shape", () => {
    const anything = fc.object({ values: [fc.string(), fc.integer(), fc.boolean(), fc.constant(null)] });
    fc.assert(
      fc.property(secret, anything, (hidden, rest) => {
        const redactor = withSecrets(hidden);
        const document = redactor.data({ rest, message: `it was ${hidden}!` }, "text");
        expect(JSON.parse(JSON.stringify(document))).toEqual(document);
        expect(Object.keys(document.rest)).toEqual(Object.keys(rest));
        expect(document.message).not.toContain(hidden);
      }),
    );
  });

  it.each([
    ["in a URL", "pass w?", "https://host/?t=pass%20w%3F", `https://host/?t=${shownForSecret}`],
    ["quoted", 'pass"w1', String.raw`{"a":"pass\"w1"}`, `{"a":"${shownForSecret}"}`],
    ["quoted in YAML", `pass"w'1\\2`, String.raw`"pass\"w'1\2"`, `"${shownForSecret}"`],
    ["with controls", "pass\u0007w1", String.raw`pass\x07w1`, shownForSecret],
    ["quoted, and then made one line", "pass\\w\u200B1", String.raw`{"a":"pass\\w 1"}`, `{"a":"${shownForSecret}"}`],
    [
      "quoted by a parser, and cut",
      "password-1",
      `"passwor"... is not valid JSON`,
      `"${shownForSecret}"... is not valid JSON`,
    ],
    ["as Basic auth", "admin:pw", "Basic YWRtaW46cHc=", `Basic ${shownForSecret}`],
    ["in another", "abcdefgh", "xabcdefghx", `x${shownForSecret}x`],
  ])("knows a secret %s", (_name, hidden, text, shown) => {
    expect(withSecrets("cdefgh", hidden).text(text)).toBe(shown);
  });

  it.each([
    ["p@ss%word", "getaddrinfo ENOTFOUND ss%word", `getaddrinfo ENOTFOUND ${shownForSecret}`],
    ["p@SS%Word/x", "getaddrinfo ENOTFOUND ss%word", `getaddrinfo ENOTFOUND ${shownForSecret}`],
    ["a:long/part?of", "no such path /part?of", `no such path /${shownForSecret}`],
    ["ab@hunter-two", "host hunter-two", `host ${shownForSecret}`],
    ["https://hooks.example/services/T0Q1B2/x", "no /T0Q1B2 below services", `no /${shownForSecret} below services`],
    ["postgres://kuma:p@ssword@db/x", "postgres: no such host ssword", `postgres: no such host ${shownForSecret}`],
    ["p@ss%word\n", "getaddrinfo ENOTFOUND ss%word", `getaddrinfo ENOTFOUND ${shownForSecret}`],
    ["a@b/c:d", "c:d b/c a", "c:d b/c a"],
  ])("hides the parts that an address makes of %j", (hidden, text, shown) => {
    expect(withSecrets(hidden).text(text)).toBe(shown);
  });

  it.each([
    ["postgres://kuma:geheim123@192.168.1.20:5432/orders2024", "Box 192.168.1.2", "Box 192.168.1.2"],
    [
      "postgres://kuma:geheim123@192.168.1.20:5432/orders2024",
      "192.168.1.20:5432/orders2024",
      "192.168.1.20:5432/orders2024",
    ],
    ["postgres://kuma:geheim123@192.168.1.20", "no user kuma, geheim123", `no user kuma, ${shownForSecret}`],
    [
      "mongodb+srv://app-7731:p%40ssw0rd@db1.example/x?appName=a@b",
      "app-7731 p@ssw0rd db1.example",
      `${shownForSecret} ${shownForSecret} db1.example`,
    ],
    ["redis://:p/ss?w0rd@cache1.example/0", "p/ss?w0rd at cache1.example", `${shownForSecret} at cache1.example`],
    [
      "mysql://db1.example/shop?user=kuma&password=geheim123",
      "geheim123 at db1.example",
      `${shownForSecret} at db1.example`,
    ],
    [
      "https://hooks2.example/services/T0Q1B2",
      "hooks2.example has no T0Q1B2",
      `hooks2.example has no ${shownForSecret}`,
    ],
    ["tgram://123456:ABCdef789/98765432", "ABCdef789 98765432", `${shownForSecret} ${shownForSecret}`],
    ["slack://robot@TokenA1234/TokenB1234", "TokenA1234 TokenB1234", `${shownForSecret} ${shownForSecret}`],
  ])("knows which parts of %s are secret", (hidden, text, shown) => {
    expect(withSecrets(hidden).text(text)).toBe(shown);
    expect(withSecrets(hidden).text(`to ${hidden}`)).toBe(`to ${shownForSecret}`);
  });

  it("hides every part of six characters and more between two delimiters", () => {
    const part = fc.stringMatching(/^[a-z0-9.+~-]{6,10}$/u).map((text) => `9${text}`);
    const parts = fc.array(part, { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(parts, fc.constantFrom("@", ":", "/", "?", "#", "&", "=", ";", ",", "%"), (all, delimiter) => {
        const redactor = withSecrets(all.join(delimiter));
        for (const one of all) expect(redactor.text(`ENOTFOUND ${one} there`)).not.toContain(one);
      }),
    );
  });

  it("leaves numbers, member names and the places of our own words alone", () => {
    const data = { action: "create", create: "create", id: 123456, message: "do not create 123456" };
    expect(withSecrets("create", "123456").data(data, { action: "own" })).toEqual({
      action: "create",
      create: shownForSecret,
      id: 123456,
      message: `do not ${shownForSecret} ${shownForSecret}`,
    });
  });

  it("goes by places and not by names: the same member is a text elsewhere", () => {
    const data = { action: "create", deeper: { action: "create" }, all: new Map([["create", { action: "create" }]]) };
    expect(withSecrets("create").data(data, { action: "own", all: { "*": { action: "own" } } })).toEqual({
      action: "create",
      deeper: { action: shownForSecret },
      all: new Map([["create", { action: "create" }]]),
    });
  });

  it("hides a short secret that is a word of its own, and keeps words that contain it", () => {
    const redactor = withSecrets("4711", "pin42", "a.b+c");
    expect(redactor.text("4711, 14711, x4711, 47.11 and =4711;")).toBe(
      `${shownForSecret}, 14711, x4711, 47.11 and =${shownForSecret};`,
    );
    expect(redactor.text("PIN pin42 or pin421; axb+c or (a.b+c)")).toBe(
      `PIN ${shownForSecret} or pin421; axb+c or (${shownForSecret})`,
    );
    expect(redactor.text("\u001B[32m4711\u001B[39m")).toBe(`\u001B[32m${shownForSecret}\u001B[39m`);
  });

  it("takes numbers for text in the user's values, and in no number of ours", () => {
    const document = {
      id: 4711,
      before: { port: 4711, list: [4711, 47_110, 123_456_789], "123456": true },
      after: 123_456,
    };
    expect(withSecrets("4711", "123456").data(document, { before: "value", after: "value" })).toEqual({
      id: 4711,
      before: { port: shownForSecret, list: [shownForSecret, 47_110, shownForSecret], [shownForSecret]: true },
      after: shownForSecret,
    });
  });

  it("hides passwords and tokens in addresses, only in values", () => {
    const address = "https://u:pw@host/?access_token=abc&q=1";
    const document = { before: address, after: [{ url: address }], name: address, message: address };
    const places = { before: "value", after: "value", name: "value" } as const;
    const shown = `https://u:${shownForSecret}@host/?access_token=${shownForSecret}&q=1`;
    const once = withSecrets().data(document, places);
    expect(once).toEqual({
      before: shown,
      after: [{ url: shown }],
      name: shown,
      message: address,
    });
    expect(withSecrets().data(once, places)).toEqual(once);
  });

  it("hides every line of a key file", () => {
    const key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\n-----END KEY-----\n";
    expect(withSecrets(key).text("bad line: MIIEvQIBADANBg")).toBe(`bad line: ${shownForSecret}`);
  });

  it("does not look for what is too short to be a secret, nor for the words of JSON", () => {
    expect(withSecrets("up", "1", "is", "", "true", "false", "null").text("1 monitor is true")).toBe(
      "1 monitor is true",
    );
  });

  it("takes secrets that are not well-formed text", () => {
    expect(withSecrets("\uD800abcde").text("x\uD800abcdex")).toBe(`x${shownForSecret}x`);
  });
});
