/** One configuration for several servers. */
import { describe, expect, test } from "vitest";
import type { Config } from "../../src/config/config.ts";
import { toDesired } from "../../src/config/desired.ts";
import { openConfig } from "../../src/config/load.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { findingLine } from "./load-text.ts";
import { placesWith, writtenAt } from "../../src/config/values/provenance.ts";

const text = `version: 1
project: p
vars: { domain: x.example, path: /health }
targets:
  prod:
    url: "https://kuma.\${var:domain}"
    username: admin
    passwordEnv: KUMA_PROD_PASSWORD
    vars: { domain: prod.example, path: /live, secret: "\${env:PROD_SECRET}" }
    overrides:
      monitor/api: { interval: 5m, headers: { X-Key: "\${var:secret}" }, name: Production }
  staging:
    url: https://kuma.staging.example
    vars: { domain: staging.example }
monitors:
  api: { type: http, url: "https://\${var:domain}\${var:path}", headers: { X-Own: "\${env:OWN}" }, notifications: [] }
`;

interface Options {
  readonly target?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly vars?: Readonly<Record<string, string>>;
  readonly yaml?: string;
}

async function load({ target, env = {}, vars = {}, yaml = text }: Options): Promise<Config> {
  const source = { paths: ["-"], cwd: "/", env, vars, readStdin: () => Promise.resolve(yaml) };
  return (await openConfig(source, kinds)).resolve(target === undefined ? {} : { target });
}

function specOf(config: Config): JsonObject | undefined {
  expect(config.findings.map(findingLine)).toEqual([]);
  return toDesired(config).desired.entities.get("monitor/api")?.spec;
}

const env = { OWN: "own-Zq9", PROD_SECRET: "prod-Zq9" };

test("variables and overrides are those of the target", async () => {
  expect(specOf(await load({ target: "prod", env }))).toMatchObject({
    url: "https://prod.example/live",
    interval: 300,
    name: "Production",
    headers: { "X-Key": "prod-Zq9" },
  });
  expect(specOf(await load({ target: "staging", env }))).toMatchObject({
    url: "https://staging.example/health",
    interval: 60,
    name: "api",
    headers: { "X-Own": "own-Zq9" },
  });
});

test("what came from outside is secret where the target laid it", async () => {
  const config = await load({ target: "prod", env });
  const provenance = config.entities[0]?.provenance ?? new Map();
  expect(placesWith(provenance, "isSecret")).toEqual(["/headers/X-Key"]);
  expect(writtenAt(provenance, "/headers/X-Key").by).toBe("override");
  const { desired } = toDesired(config);
  expect(desired.entities.get("monitor/api")?.sensitive).toContain("/headers");
});

test("--var wins over the target", async () => {
  const config = await load({ target: "prod", env, vars: { domain: "given.example" } });
  expect(specOf(config)?.["url"]).toBe("https://given.example/live");
  expect(config.targets.get("prod")?.url).toBe("https://kuma.given.example");
});

test("the servers of all targets are listed, whichever is chosen", async () => {
  const { targets, target } = await load({ target: "staging", env });
  expect(target).toBe("staging");
  expect([...targets.values()]).toEqual([
    { name: "prod", url: "https://kuma.prod.example", username: "admin", passwordEnv: "KUMA_PROD_PASSWORD" },
    { name: "staging", url: "https://kuma.staging.example" },
  ]);
});

describe("the chosen target", () => {
  test("the only one needs no choice", async () => {
    const yaml = text.replace(/ {2}staging:\n.*\n.*\n/u, "");
    const config = await load({ env, yaml });
    expect(config.target).toBe("prod");
    expect(specOf(config)?.["interval"]).toBe(300);
  });

  test("of several, none without a choice", async () => {
    const config = await load({ env });
    expect(config.target).toBeUndefined();
    expect(specOf(config)).toMatchObject({ url: "https://x.example/health", interval: 60 });
  });

  test("an unknown one is not chosen", async () => {
    expect((await load({ target: "prd", env })).target).toBeUndefined();
  });
});

test("variables that only another target needs may be missing", async () => {
  expect(specOf(await load({ target: "staging", env: { OWN: "own-Zq9" } }))).toBeDefined();
  const { findings } = await load({ target: "prod", env: { OWN: "own-Zq9" } });
  expect(findings.map(findingLine)).toEqual([
    '<stdin>:9:57: error: environment variable "PROD_SECRET" is not set [KS1101] (set it, or write ${env:PROD_SECRET:-default})',
  ]);
});

test("one opening serves several targets at once, each with its own texts", async () => {
  const query = '{ type: json-query, url: https://x.example, expectedValue: ok, jsonPath: "${var:query}" }';
  const yaml = `version: 1
project: p
targets: { a: { vars: { query: "$contians(a)" } }, b: { vars: { query: "x.y.$contians(abc)" } } }
monitors: { api: ${query} }
`;
  const source = { paths: ["-"], cwd: "/", env: {}, vars: {}, readStdin: () => Promise.resolve(yaml) };
  const opened = await openConfig(source, kinds);
  const [a, b] = await Promise.all([opened.resolve({ target: "a" }), opened.resolve({ target: "b" })]);
  expect(a.findings).toEqual((await opened.resolve({ target: "a" })).findings);
  expect(b.findings).toEqual((await opened.resolve({ target: "b" })).findings);
  expect(a.findings.map(({ code }) => code)).toContain("KS1501");
});

test("an override has a place of its own", async () => {
  const yaml = text.replace("interval: 5m", "interval: often");
  const { findings } = await load({ target: "prod", env, yaml });
  expect(findings).toMatchObject([
    { code: "KS1207", pointer: "/targets/prod/overrides/monitor~1api/interval", at: { line: 11, column: 32 } },
  ]);
});
