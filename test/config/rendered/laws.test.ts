/** What `render` writes says the same as the files, and rendering it again changes nothing but the places. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { hasErrors } from "../../../src/model/finding.ts";
import { kinds } from "../../../src/kinds/index.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { load, meaning, render, withoutPlaces, type Text } from "./rendered-text.ts";

const env = {
  TOKEN: "tok-Zq9vX3-secret",
  HOST: "host-Zq9vX3-secret.example",
  PORT: "8443",
  BIG_PORT: "991177",
  FLAG: "true",
  RESERVED: "res-Zq9vX3-secret@?&#%/",
  SLACK_WEBHOOK_URL: "https://hooks.slack.example/x",
  SFTP_KEY: "-----BEGIN RSA PRIVATE KEY-----\nZq9vX3\n-----END RSA PRIVATE KEY-----",
  OPEN_WEBUI_URL: "https://chat-Zq9vX3.example",
  OPEN_WEBUI_API_KEY: "sk-Zq9vX3",
};

async function expectSame(source: Text): Promise<void> {
  const first = await render(source);
  if (first === undefined) throw new Error("the configuration has errors");
  for (const text of [first.yaml, first.json]) {
    const again: Text = { ...source, text };
    expect(await meaning(again)).toBe(await meaning(source));
    const second = await render(again);
    expect(withoutPlaces(second?.yaml ?? "")).toBe(withoutPlaces(first.yaml));
  }
  expect(JSON.stringify(first)).not.toContain("Zq9vX3");
}

const files = [
  "../../../examples/",
  "../../../examples/open-webui/",
  "../../fixtures/ok/",
  "../../fixtures/err/",
  "../../fixtures/cases/",
]
  .map((name) => fileURLToPath(new URL(name, import.meta.url)))
  .flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .map((name) => folder + name),
  );

describe("a file", () => {
  const withoutErrors = files.filter((file) => !file.includes("/err/"));

  test.for(withoutErrors)("%s", { timeout: 60_000 }, async (file) => {
    const source = { text: readFileSync(file, "utf8"), cwd: dirname(file), env };
    const isRendered = (await render(source)) !== undefined;
    expect(isRendered).toBe(!hasErrors((await load(source, "withheld")).findings));
    if (isRendered) await expectSame(source);
  });

  test("of those with findings, each that has no error", { timeout: 300_000 }, async () => {
    let count = 0;
    for (const file of files.filter((name) => name.includes("/err/") && !name.includes("billion"))) {
      const source = { text: readFileSync(file, "utf8"), cwd: dirname(file), env };
      const isRead = await meaning(source).then(
        () => true,
        () => false,
      );
      if (!isRead || (await render(source)) === undefined) continue;
      count += 1;
      await expectSame(source);
    }
    expect(count).toBeGreaterThan(8);
  });
});

/** Texts that YAML, expressions or a terminal could read as something else. */
const odd = fc.oneof(
  fc.constantFrom(
    "yes",
    "no",
    "~",
    "null",
    "0123",
    "1e3",
    "0x1f",
    "12:30",
    "1.0",
    "true",
    "- a",
    "# b",
    "a: b",
    "{}",
    "'",
    '"',
  ),
  fc.constantFrom(
    "$${x}",
    "a$",
    "$$",
    "${",
    "$${",
    "${[",
    "$${env:HOME}",
    "é🎉",
    "two\nlines\n",
    "  led",
    "tail ",
    "a\u200Bb",
    "##[x]",
  ),
  fc.constantFrom(
    "${env:TOKEN}",
    "x-${env:TOKEN}-${env:HOST}",
    "${env:TOKEN:-a b}",
    "${var:plain}",
    "${var:secret}/${var:plain}",
    "${var:dollar}${env:TOKEN}",
  ),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).filter((text) => !text.includes("${")),
);

const variants = [...kinds.values()].flatMap((kind) => kind.variants.map((variant) => ({ kind, variant })));

const object = fc.record({
  index: fc.nat(variants.length - 1),
  name: odd,
  description: fc.option(odd, { nil: undefined }),
  headers: fc.option(fc.dictionary(fc.constantFrom("X-A", "X-B", "yes", "on"), odd, { maxKeys: 3 }), {
    nil: undefined,
  }),
  protect: fc.option(fc.boolean(), { nil: undefined }),
  interval: fc.option(fc.constantFrom<Json>(60, "90s", "1m", "${env:PORT}", "${var:seconds}"), { nil: undefined }),
  override: fc.option(odd, { nil: undefined }),
});

const document = fc
  .record({
    objects: fc.array(object, { minLength: 1, maxLength: 6 }),
    defaults: fc.record(
      { description: odd, maxRetries: fc.nat(5), onRemove: fc.constantFrom("pause", "release") },
      { requiredKeys: [] },
    ),
    policy: fc.record({ maxDeletes: fc.nat(9), onRemove: fc.constantFrom("release", "delete") }, { requiredKeys: [] }),
  })
  .map(({ objects, defaults, policy }): JsonObject => {
    const sections: Record<string, Record<string, Json>> = {};
    const overrides: Record<string, Json> = {};
    for (const [position, { index, override, ...fields }] of objects.entries()) {
      const { kind, variant } = variants[index] ?? variants[0]!;
      if (kind.onlyKey !== undefined) continue;
      const has = (name: string): boolean => Object.hasOwn(variant.fields, name);
      const own = Object.entries(fields).filter(
        ([name, value]) => value !== undefined && (has(name) || name === "protect"),
      );
      const key = `k${position}`;
      const section = (sections[kind.section] ??= {});
      const type = variant.type === undefined ? {} : { type: variant.type };
      section[key] = { ...type, ...variant.example, ...(Object.fromEntries(own) as JsonObject) };
      if (override !== undefined && has("description")) overrides[`${kind.name}/${key}`] = { description: override };
    }
    return {
      version: 1,
      project: "laws",
      vars: { plain: "a b", secret: "s-${env:HOST}", dollar: "$", seconds: 75 },
      targets: { one: { url: "https://kuma.example", vars: { plain: "c" }, overrides } },
      defaults: { monitor: defaults as JsonObject },
      policy,
      ...sections,
    };
  });

test("a random configuration", { timeout: 300_000 }, async () => {
  let count = 0;
  await fc.assert(
    fc.asyncProperty(document, async (value) => {
      const source = { text: stringify(value), cwd: "/", env };
      const isRead = await meaning(source).then(
        () => true,
        () => false,
      );
      fc.pre(isRead && (await render(source)) !== undefined);
      count += 1;
      await expectSame(source);
    }),
    { numRuns: Number(process.env["KUMA_SYNC_RENDERS"] ?? 60), maxSkipsPerRun: 60 },
  );
  expect(count).toBeGreaterThan(20);
});
