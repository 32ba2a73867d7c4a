import { lifecycleSchemas, sharedLifecycleSchemas } from "../../../src/config/sections/lifecycle-schemas.ts";
import { testSchemas } from "../../../src/config/sections/monitor-tests.ts";
import { adoptionSchema } from "../../../src/config/sections/read-adoptions.ts";
import { moveSchema } from "../../../src/config/sections/read-moves.ts";
import { limitsSchema, policySchema } from "../../../src/config/sections/read-policy.ts";
import { targetSchema } from "../../../src/config/sections/targets-schema.ts";
import type { JsonSchema } from "../../../src/kinds/field.ts";
import type { KindRegistry } from "../../../src/kinds/kind.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../src/model/json.ts";
import { openWebUISchema } from "../../../src/services/open-webui/block/open-webui-schema.ts";
import { innerRows } from "./field-table.ts";
import { anchor, cell, code, page, table, yamlBlock } from "./markdown.ts";
import { typeWords } from "./schema-words.ts";
import { generated } from "./variant-section.ts";

export function configurationPage(schema: JsonObject, kinds: KindRegistry): string {
  const sections = new Set([...kinds.values()].map(({ section }) => section));
  const keys = propertiesOf(schema).map(([name, one]): readonly string[] => [
    linkOf(name, sections),
    sections.has(name) ? "mapping" : typeWords(one),
    aboutOf(one),
  ]);
  const query = [...(kinds.get("monitor")?.variants ?? [])].find(({ type }) => type === "json-query");
  return page(
    "# Configuration",
    generated,
    "One YAML file or several, `monitors.yaml` unless `-f` names others. Keys of objects are letters, digits, `.`, `_` and `-`; they stay when names change. The JSON Schema is [schemas/config.schema.json](../../schemas/config.schema.json): editors take it from a first line `# yaml-language-server: $schema=…`.",
    "## Top level",
    table(["key", "type", "what it is"], keys),
    yamlBlock(example),
    "## Of any object",
    "Beside its [fields](kinds.md), how it may change and go. Those but `adopt` may stand under `defaults` too. More: [Deleting, pausing, releasing](../deleting-pausing-releasing.md).",
    keyTable(lifecycleSchemas),
    yamlBlock({
      monitors: {
        api: { type: "http", url: "https://shop.example", protect: true, ignoreChanges: ["/headers/Authorization"] },
        old: { type: "push", onRemove: "pause", adopt: { id: 12 } },
      },
    }),
    "## Samples and tests",
    "What a monitor that reads a response should make of it. They stay here: the server never sees them. More: [Queries](../queries.md).",
    keyTable(query === undefined ? {} : testSchemas(query)),
    "## `defaults`",
    `By kind: fields for every object of the kind whose type has them, and of the keys above ${list(Object.keys(sharedLifecycleSchemas))}. What an object says itself wins.`,
    yamlBlock({
      defaults: { monitor: { interval: "5m", notifications: ["oncall"] }, notification: { onRemove: "release" } },
    }),
    "## `policy`",
    keyTable(policySchema.properties),
    "## `limits`",
    keyTable(limitsSchema.properties),
    yamlBlock({
      policy: { onRemove: "pause", maxDeletes: 3, maxUpdatePercent: 50 },
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
    "Credentials go where the operator said. `KUMA_SYNC_USERNAME`, `KUMA_SYNC_PASSWORD`, `KUMA_SYNC_TOKEN` and `KUMA_SYNC_TOTP_SECRET` belong to `KUMA_SYNC_URL`: a target with another `url` gets none of them. The variables of a target (`KUMA_SYNC_PROD_PASSWORD`) belong to `KUMA_SYNC_PROD_URL`. A `url` that only this file names gets them if `KUMA_SYNC_HOSTS` lists its host, or after you answered a question on a terminal. More: [Running in CI](../running-in-ci.md#who-gets-the-credentials).",
    "## `moved`",
    "The same object under a new key. Keys are in full, with their kind.",
    keyTable(moveSchema.properties),
    yamlBlock({ moved: [{ from: "monitor/basket", to: "monitor/cart" }] }),
    "## `adopt`",
    "What was made by hand and is taken over, with its history: `to`, and one of the others. It says the same as `adopt` of the object.",
    keyTable(adoptionSchema.properties),
    yamlBlock({
      adopt: [
        { to: "notification/pagerduty", id: 3 },
        { to: "monitor/api", name: "Checkout API" },
      ],
    }),
    "## Expressions",
    "They stand in values, never in keys, and are filled in after the YAML was read: no value can change the structure.",
    table(
      ["written", "becomes"],
      [
        ["`${env:NAME}`", "the environment variable. Secret, wherever it lands. `plan` and `apply` need it to be set"],
        ["`${env:NAME:-default}`", "the same, with a value for when it is not set or empty"],
        ["`${env:NAME|url}`", "the same, percent-encoded, for a secret inside a URL; also behind `file:` and `var:`"],
        [
          "`${file:path}`",
          "what the file holds, its path relative to this one. Secret, wherever it lands. It must lie in the folder of the configuration, or of `--file-root`",
        ],
        ["`${var:name}`", "a value of `vars`, of the target's `vars`, or of `--var NAME=VALUE`; the last of them wins"],
        ["`$${`", "the text `${`"],
      ],
    ),
    "`validate`, `test` and `plan --against` read neither variables nor files: a placeholder that fits the field stands for each. `--with-secrets` reads them.",
    "A lone `$` is itself: JSONata is full of them. `KUMA_SYNC_…` cannot be read, so that no pull request sends the server's password to a monitored address. With `KUMA_SYNC_ALLOW_ENV='SHOP_*, SLACK_WEBHOOK'` the operator lists what `${env:…}` may name (`*` stands for any characters, an empty list allows nothing). `passwordEnv`, `tokenEnv` and `totpSecretEnv` name variables that begin with `KUMA_` or are in that list.",
    "## `openWebUI`",
    "Instances of Open WebUI, by a key each; every one becomes monitors on up to three levels. More: [Monitoring Open WebUI](../open-webui/monitoring-open-webui.md).",
    keyTable(instanceProperties()),
    yamlBlock({
      openWebUI: { main: { url: "http://open-webui:8080", apiKey: "${env:OPEN_WEBUI_API_KEY}", models: ["gpt-4o"] } },
    }),
  );
}

/** To what says more of a key. */
function linkOf(name: string, sections: ReadonlySet<string>): string {
  const pages: Readonly<Record<string, string>> = { monitors: "monitor-types.md", notifications: "notifications.md" };
  const here = ["defaults", "policy", "limits", "targets", "moved", "adopt", "openWebUI"].includes(name);
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

function instanceProperties(): JsonObject {
  const instance = (openWebUISchema as JsonObject)["additionalProperties"];
  const properties = isJsonObject(instance) ? instance["properties"] : undefined;
  if (!isJsonObject(properties)) throw new Error("the schema of openWebUI has another shape");
  return properties;
}

function keyTable(properties: JsonObject): string {
  const rows = propertiesOf({ properties }).flatMap(([name, schema]) => [
    [`\`${name}\``, typeWords(schema), schema["default"] === undefined ? "" : code(schema["default"]), aboutOf(schema)],
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
