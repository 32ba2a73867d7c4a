import { describe, expect, test } from "vitest";
import { toDesired } from "../../../src/config/desired.ts";
import { fixtureEnv, loadText } from "../load-text.ts";
import { placesWith } from "../../../src/config/values/provenance.ts";

const head = "version: 1\nproject: chat\n";
const block = (fields: string): string => `${head}openWebUI:\n  main: { ${fields} }\n`;
const url = 'url: "http://open-webui:8080"';
const key = 'apiKey: "${env:TOKEN}"';

describe("an openWebUI block", () => {
  test("becomes monitors, with the defaults laid under", async () => {
    const defaults = "defaults:\n  monitor: { resendInterval: 7, maxRetries: 4 }\n";
    const { entities, findings } = await loadText(`${block(`${url}, ${key}, models: [gpt-4o]`)}${defaults}`);
    expect(findings).toEqual([]);
    const monitors = new Map(entities.map((entity) => [entity.key, entity]));
    expect([...monitors.keys()]).toEqual([
      "monitor/main",
      "monitor/main.health",
      "monitor/main.model.gpt-4o",
      "monitor/main.provider.openai",
      "monitor/main.completion.gpt-4o",
    ]);
    expect(monitors.get("monitor/main.health")?.written).toMatchObject({
      parent: "main",
      resendInterval: 7,
      url: "http://open-webui:8080/health",
    });
    // What the preset writes itself wins.
    expect(monitors.get("monitor/main.completion.gpt-4o")?.written).toMatchObject({ maxRetries: 1, resendInterval: 7 });
  });

  test.for([
    ["the usual header", ""],
    ["a header of its own", ", apiKeyHeader: X-API-Key"],
    ["headers joined by an override", ', overrides: { "*": { headers: { X-Proxy: "1", Accept: application/json } } }'],
  ])("keeps its key sensitive in %s of every monitor", async ([, fields]) => {
    const config = await loadText(block(`${url}, ${key}, models: [gpt-4o, "llama3.1:latest"]${fields}`));
    expect(config.findings.filter(({ severity }) => severity === "error")).toEqual([]);
    const { desired } = toDesired(config);
    const holders = config.entities.filter(({ written }) =>
      JSON.stringify(written).includes(fixtureEnv["TOKEN"] ?? "-"),
    );
    expect(holders).toHaveLength(6);
    for (const { key: id, provenance } of holders) {
      const secrets = placesWith(provenance, "isSecret");
      expect(secrets.some((pointer) => pointer.startsWith("/headers"))).toBe(true);
      const { spec, sensitive = [] } = desired.entities.get(id) ?? {};
      const shown = { ...spec };
      for (const pointer of sensitive) delete shown[pointer.split("/")[1] ?? ""];
      expect(JSON.stringify(shown)).not.toContain(fixtureEnv["TOKEN"]);
    }
  });

  test("keeps an address from outside secret in every request", async () => {
    const { entities } = await loadText(block('url: "http://${env:HOST}", ready: true'));
    const requests = entities.filter(({ written }) => "url" in written);
    expect(requests).toHaveLength(2);
    expect(requests.every(({ provenance }) => provenance.get("/url")?.isSecret)).toBe(true);
  });

  test("converts a value from outside in an override as anywhere else", async () => {
    const { entities, findings } = await loadText(
      block(`${url}, overrides: { health: { maxRetries: "\${env:RETRIES}" } }`),
      {
        env: { RETRIES: "5" },
      },
    );
    expect(findings).toEqual([]);
    const health = entities.find((entity) => entity.key === "monitor/main.health");
    expect(health?.written["maxRetries"]).toBe(5);
    expect(health?.provenance.get("/maxRetries")).toMatchObject({ isSecret: true, origin: { by: "service" } });
  });

  test("does not report missing monitors that an unreadable block may have made", async () => {
    const { findings } = await loadText(
      `${block("url: 5, models: [gpt-4o]")}monitors:\n  own: { type: group, parent: main }\n`,
    );
    expect(findings.map(({ code }) => code)).toEqual(["KS1202"]);
  });

  test("may refer to what is declared, and be referred to", async () => {
    const text = block(`${url}, overrides: { group: { parent: site } }`);
    const { findings } = await loadText(
      `${text}monitors:\n  site: { type: group }\n  own: { type: push, parent: main, name: Own }\n`,
    );
    expect(findings).toEqual([]);
  });

  test("cannot make what another block makes", async () => {
    const { findings } = await loadText(`${head}openWebUI:\n  a: { ${url} }\n  a.health: { ${url}, name: B }\n`);
    const twice = findings.find(({ code }) => code === "KS1305");
    expect(twice).toMatchObject({
      message: '"a.health" is made here and declared elsewhere',
      at: { line: 5, column: 3 },
      related: { at: { line: 4, column: 3 } },
    });
  });

  test("gives the monitors their values' places", async () => {
    const { findings } = await loadText(
      block(
        `${url}, ${key}, version: "0.11.0", models: [gpt-4o], overrides: { health: { jsonPath: "statuss =", expectedValue: 1.0 } }`,
      ),
    );
    expect(findings).toMatchObject([
      { code: "KS1500", pointer: "/openWebUI/main/overrides/health/jsonPath", at: { line: 4 } },
      { code: "KS1510", entity: "monitor/main.health" },
    ]);
  });
});
