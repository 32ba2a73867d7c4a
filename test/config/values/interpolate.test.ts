import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { interpolate } from "../../../src/config/values/interpolate.ts";
import type { Variables } from "../../../src/config/values/variables.ts";
import { loadText } from "../load-text.ts";
import { placesWith } from "../../../src/config/values/provenance.ts";

function variables(env: Readonly<Record<string, string>>, vars: Readonly<Record<string, string>> = {}): Variables {
  return {
    folder: { path: "/config", root: "/config" },
    env: (name) => {
      const text = (Object.hasOwn(env, name) ? env[name] : undefined) ?? "";
      return text === "" ? { absent: "not set", near: undefined } : { text };
    },
    vars: new Map(Object.entries(vars).map(([name, text]) => [name, { text, isSecret: false }])),
    file: () => ({ problem: { type: "missing", reason: "there is no such file" } }),
    onSecret: () => undefined,
  };
}

const monitor = (field: string): string =>
  `version: 1\nproject: demo\nmonitors:\n  a:\n    type: http\n    url: https://x.example\n    description: ${field}\n`;

describe("interpolation", () => {
  test("text without ${ is left alone, dollars and all", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!text.includes("${"));
        expect(interpolate(text, variables({})).text).toBe(text);
      }),
    );
  });

  test("fallbacks inside fallbacks have a limit, however many there are", () => {
    const text = `${"${each:a:-".repeat(5000)}x${"}".repeat(5000)}`;
    const { problems, isComplete } = interpolate(text, variables({}));
    expect([problems.map(({ code }) => code), isComplete]).toEqual([["KS1757"], false]);
    const row = { place: undefined as never, columns: () => [], value: () => undefined };
    const inRow = interpolate(text, { ...variables({}), row });
    expect(inRow.problems.map(({ message }) => message.replace(/".*"/u, "…"))).toEqual([
      "… has too many fallbacks inside each other",
    ]);
    const few = `${"${each:a:-".repeat(20)}x${"}".repeat(20)}`;
    expect(interpolate(few, { ...variables({}), row })).toMatchObject({ text: "x", problems: [] });
  });

  test("$${ is a literal for any text", () => {
    const pieces = fc.array(fc.constantFrom("${env:A}", "${", "$", "{", "}", "a", "${var:x}", "${HOME}", " "));
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join("");
        const result = interpolate(
          text.replaceAll("${", () => "$${"),
          variables({ A: "secret" }),
        );
        expect(result).toMatchObject({ text, isSecret: false, problems: [] });
      }),
    );
  });

  test("a value is put in as it is, whatever it looks like", async () => {
    const hostile = fc.array(
      fc.constantFrom("${env:OTHER}", "${var:x}", "$${", "*a", "&a", ": ", "\n", "- ", '"', "'", "#", "!t", "{", "x"),
      { minLength: 1 },
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (parts) => {
        const value = parts.join("");
        const { entities, findings } = await loadText(monitor("a ${env:V} b"), { env: { V: value, OTHER: "other" } });
        expect(findings).toEqual([]);
        expect(entities[0]?.written["description"]).toBe(`a ${value} b`);
      }),
      { numRuns: 100 },
    );
  });

  test("what comes from env and file is secret, through a variable too; what comes from var is not", async () => {
    const text = `version: 1
project: demo
vars: { plain: p, hidden: "\${env:TOKEN}" }
monitors:
  a:
    type: http
    url: https://x.example/\${var:plain}
    description: \${var:hidden}
    headers: { A: "\${env:NOPE:-x}", B: "b" }
`;
    const { entities, secrets } = await loadText(text);
    expect(placesWith(entities[0]?.provenance ?? new Map(), "isSecret")).toEqual(["/description", "/headers/A"]);
    expect(secrets).toEqual(["tok-Zq9vX3-secret"]);
  });

  test("--var wins over vars and is taken as it is", async () => {
    const text = `version: 1\nproject: \${var:name}\nvars: { name: from-file }\n`;
    expect((await loadText(text)).project).toBe("from-file");
    expect((await loadText(text, { vars: { name: "given" } })).project).toBe("given");
    const { findings } = await loadText(text, { vars: { name: "${env:TOKEN}" } });
    expect(findings.map(({ code }) => code)).toEqual(["KS1207"]);
  });

  test("keys are never interpolated", async () => {
    const text = `version: 1\nproject: demo\nmonitors:\n  a: { type: http, url: "https://x.example", body: { "\${env:TOKEN}": 1 } }\n`;
    const { entities } = await loadText(text);
    expect(entities[0]?.written["body"]).toEqual({ "${env:TOKEN}": 1 });
  });

  test("an empty variable counts as missing, unless its default is empty", () => {
    expect(interpolate("${env:E}", variables({ E: "" })).problems).toHaveLength(1);
    expect(interpolate("${env:E:-}", variables({ E: "" }))).toMatchObject({ text: "", problems: [] });
    expect(interpolate("${env:E:-d}", variables({ E: "" }))).toMatchObject({ text: "d", isSecret: true });
  });

  test("names of the environment's own machinery are not variables", () => {
    expect(interpolate("${env:constructor}", variables({})).problems).toHaveLength(1);
    expect(interpolate("${env:__proto__}", variables({})).problems).toHaveLength(1);
  });

  test("JSONata that groups by ${ … } is left alone", () => {
    const text = 'data.${ "id": name } and ${"a": 1}';
    expect(interpolate(text, variables({})).text).toBe(text);
  });
});
