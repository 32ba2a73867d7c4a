import { lifecycleSchemas, sharedLifecycleSchemas } from "../../../src/config/sections/lifecycle-schemas.ts";
import { testSchemas } from "../../../src/config/sections/monitor-tests.ts";
import { adoptionSchema } from "../../../src/config/sections/read-adoptions.ts";
import { moveSchema } from "../../../src/config/sections/read-moves.ts";
import { limitsSchema, policySchema } from "../../../src/config/sections/read-policy.ts";
import { targetSchema } from "../../../src/config/sections/targets-schema.ts";
import type { JsonSchema } from "../../../src/kinds/field.ts";
import type { KindRegistry } from "../../../src/kinds/kind.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import { blockSchema } from "../../../src/services/blocks/expand-block.ts";
import { loadService, serviceTitle, serviceTypes } from "../../../src/services/services.ts";
import { innerRows } from "./field-table.ts";
import { anchor, cell, code, page, table, yamlBlock } from "./markdown.ts";
import { typeWords } from "../../../src/kinds/describe/schema-words.ts";
import { generated } from "./variant-section.ts";

export function configurationPage(schema: JsonObject, kinds: KindRegistry): string {
  const sections = new Set([...kinds.values()].map(({ section }) => section));
  const keys = propertiesOf(schema).map(([name, one]): readonly string[] => [
    linkOf(name, sections),
    sections.has(name) ? "mapping" : typeWords(one, code),
    aboutOf(one),
  ]);
  const query = [...(kinds.get("monitor")?.variants ?? [])].find(({ type }) => type === "json-query");
  return page(
    "# Configuration",
    generated,
    "After reading this page you know every key of the configuration. It consists of one or more YAML files: `monitors.yaml`, or the files that `-f` names. Keys of objects have letters, digits, `.`, `_` and `-`, and stay the same when names change. The JSON Schema is [schemas/config.schema.json](../../schemas/config.schema.json); editors use it if the first line is `# yaml-language-server: $schema=…`.",
    "## Top level",
    table(["key", "type", "what it is"], keys),
    yamlBlock(example),
    "## Keys every object accepts",
    "Every object accepts these keys besides its [fields](kinds.md). All of them except `adopt` can also be set under `defaults`. More: [Deleting, pausing, releasing](../deleting-pausing-releasing.md).",
    keyTable(lifecycleSchemas),
    yamlBlock({
      monitors: {
        api: { type: "http", url: "https://shop.example", protect: true, ignoreChanges: ["/headers/Authorization"] },
        old: { type: "push", onRemove: "pause", adopt: { id: 12 } },
      },
    }),
    "## Samples and tests",
    "Responses, and what a monitor should show for them. The server never gets them. More: [Queries](../queries.md).",
    keyTable(query === undefined ? {} : testSchemas(query)),
    "## `defaults`",
    `By kind: fields for every object of the kind whose type has them, and of the keys above ${list(Object.keys(sharedLifecycleSchemas))}. A value at the object takes precedence.`,
    yamlBlock({
      defaults: { monitor: { interval: "5m", notifications: ["oncall"] }, notification: { onRemove: "release" } },
    }),
    "## `policy`",
    // A row for each code would be longer than the rest of the page.
    keyTable({ ...policySchema.properties, findings: withoutProperties(policySchema.properties.findings) }),
    "## `limits`",
    keyTable(limitsSchema.properties),
    yamlBlock({
      policy: { onRemove: "pause", maxDeletes: 3, maxUpdatePercent: 50, findings: { KS1530: "off" } },
      limits: { completionsPerDay: 500 },
    }),
    "## `targets`",
    "The servers that the configuration is applied to, by name: `--target NAME` or `--all-targets` chooses. Without targets, the connection is `KUMA_SYNC_URL`, `KUMA_SYNC_USERNAME` and `KUMA_SYNC_PASSWORD`.",
    keyTable(targetSchema.properties),
    yamlBlock({
      targets: {
        prod: { url: "https://kuma.example", vars: { domain: "example.com" } },
        staging: {
          url: "https://kuma.staging.example",
          vars: { domain: "staging.example" },
          overrides: { "monitor/api": { interval: "15m" } },
        },
      },
    }),
    "kuma-sync sends credentials only to hosts that the operator named. `KUMA_SYNC_USERNAME`, `KUMA_SYNC_PASSWORD`, `KUMA_SYNC_TOKEN` and `KUMA_SYNC_TOTP_SECRET` belong to `KUMA_SYNC_URL`: a target with another `url` gets none of them. The variables of a target (`KUMA_SYNC_PROD_PASSWORD`) belong to `KUMA_SYNC_PROD_URL`. A `url` that only this file names gets them if `KUMA_SYNC_HOSTS` lists its host, or after you confirmed it on a terminal. More: [Running in CI](../running-in-ci.md#who-gets-the-credentials).",
    "## `moved`",
    "Keys that were renamed: the object keeps its history. Write full keys, with their kind.",
    keyTable(moveSchema.properties),
    yamlBlock({ moved: [{ from: "monitor/basket", to: "monitor/cart" }] }),
    "## `adopt`",
    "Objects made by hand to adopt, with their history: `to`, and one of the other keys. It means the same as `adopt` at the object.",
    keyTable(adoptionSchema.properties),
    yamlBlock({
      adopt: [
        { to: "notification/pagerduty", id: 3 },
        { to: "monitor/api", name: "Checkout API" },
      ],
    }),
    "## Expressions",
    "Expressions are allowed in values, not in keys. kuma-sync fills them in after it has read the YAML, so a value cannot change the structure.",
    table(
      ["written", "becomes"],
      [
        [
          "`${env:NAME}`",
          "the value of the environment variable, always treated as a secret. `plan` and `apply` require it",
        ],
        ["`${env:NAME:-default}`", "the same, with a default if it is not set or empty"],
        ["`${env:NAME|url}`", "the same, percent-encoded, for a secret inside a URL; also behind `file:` and `var:`"],
        [
          "`${file:path}`",
          "the content of the file, always treated as a secret. The path is relative to this file and must be inside the folder of the configuration or of `--file-root`",
        ],
        [
          "`${var:name}`",
          "a value of `vars`, of the target's `vars`, or of `--var NAME=VALUE`; the last of these takes precedence",
        ],
        ["`$${`", "the text `${`"],
      ],
    ),
    "`validate`, `test` and `plan --against` do not read variables or files; they use placeholders that fit the fields. `--with-secrets` reads the values.",
    "kuma-sync never changes a `$` alone, because JSONata uses it a lot. `KUMA_SYNC_…` cannot be used, so that a pull request cannot send the server's password to a monitored address. With `KUMA_SYNC_ALLOW_ENV='SHOP_*, SLACK_WEBHOOK'` the operator lists what `${env:…}` may name (`*` stands for any characters, an empty list allows nothing). `passwordEnv`, `tokenEnv` and `totpSecretEnv` name variables that begin with `KUMA_` or are in that list.",
    "## `services`",
    "What people run, each with its key and its `type`. A block becomes monitors on up to three levels, in a group. `openWebUI` is an older name for services of the type open-webui, whose blocks have no `type`. More: [Services](../services/README.md).",
    ...services,
  );
}

/** To what says more of a key. */
function linkOf(name: string, sections: ReadonlySet<string>): string {
  const pages: Readonly<Record<string, string>> = { monitors: "monitor-types.md", notifications: "notifications.md" };
  const here = ["defaults", "policy", "limits", "targets", "moved", "adopt", "services"].includes(name);
  if (!here && !sections.has(name)) return `\`${name}\``;
  const to = pages[name] ?? `${here ? "" : "kinds.md"}#${anchor(name)}`;
  return `[\`${name}\`](${to})`;
}

const example: JsonObject = {
  version: 1,
  project: "shop",
  vars: { base: "https://shop.example" },
  defaults: { monitor: { interval: "60s", notifications: ["oncall"] } },
  monitors: {
    edge: { type: "group" },
    api: { name: "Checkout API", type: "http", url: "${var:base}/health", parent: "edge" },
  },
  notifications: { oncall: { name: "On call", type: "slack", slackwebhookURL: "${env:SLACK_WEBHOOK}" } },
};

const services: readonly string[] = (
  await Promise.all(
    serviceTypes.map(async (type) => {
      const service = await loadService(type);
      const { properties } = blockSchema(service);
      return [
        `### ${serviceTitle(type)}: \`${type}\``,
        `More: [${serviceTitle(type)}](../services/${type}.md).`,
        keyTable(isJsonObject(properties) ? properties : {}),
        yamlBlock({ services: { main: service.block.example } }),
      ];
    }),
  )
).flat();

function keyTable(properties: JsonObject): string {
  const rows = propertiesOf({ properties }).flatMap(([name, schema]) => [
    [
      `\`${name}\``,
      typeWords(schema, code),
      schema["default"] === undefined ? "" : code(schema["default"]),
      aboutOf(schema),
    ],
    ...innerRows(name, schema).map(([inner, words, about]) => [inner, words, "", about]),
  ]);
  return table(["key", "type", "default", "what it is"], rows);
}

function propertiesOf({ properties }: JsonObject): readonly (readonly [string, JsonSchema])[] {
  return Object.entries(isJsonObject(properties) ? properties : {}).flatMap(([name, schema]) =>
    isJsonObject(schema) ? [[name, schema] as const] : [],
  );
}

function aboutOf({ description, examples }: JsonSchema): string {
  const [first] = Array.isArray(examples) ? (examples as readonly Json[]) : [];
  const words = typeof description === "string" ? cell(description) : "";
  return first === undefined ? words : `${words} Example: ${code(first)}`;
}

function list(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function withoutProperties({ properties: _properties, ...schema }: JsonSchema): JsonSchema {
  return schema;
}
