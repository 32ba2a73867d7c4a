/** The short block of an mcpo, and the monitors that it stands for (docs/upstream/services.md#mcpo). */
import { pointerTo, type Json, type JsonObject } from "../../../model/json.ts";
import { addressProblems, addressSchema, baseUrl, blockName } from "../../blocks/base-url.ts";
import type { CommonKeys } from "../../blocks/common-keys.ts";
import { queryMonitor, withKey, type AskedService, type MadeMonitor } from "../../blocks/made-monitor.ts";
import type { MadeBlock } from "../../service.ts";

export interface WrittenTool {
  readonly name: string;
  readonly arguments?: JsonObject;
  readonly expect: string;
}

/** As the user writes it, after interpolation and valid by its schema. */
export interface WrittenMcpo extends CommonKeys {
  readonly url: string;
  readonly apiKey?: string;
  readonly strictAuth?: boolean;
  readonly servers?: Readonly<Record<string, { readonly tools?: readonly WrittenTool[] } | null>>;
}

const name = "^[A-Za-z0-9._-]+$";

const tool: Json = {
  type: "object",
  additionalProperties: false,
  required: ["name", "expect"],
  properties: {
    name: { type: "string", pattern: name, title: "Name", description: "Of the tool.", examples: ["get_current_time"] },
    arguments: {
      type: "object",
      default: {},
      title: "Arguments",
      description: "What it is called with.",
      examples: [{ timezone: "UTC" }],
    },
    expect: {
      type: "string",
      minLength: 1,
      title: "Expect",
      description: "A JSONata query about its answer that must be true.",
      examples: ["$exists(datetime)"],
    },
  },
};

export const mcpoProperties: Readonly<Record<string, JsonObject>> = {
  url: addressSchema("mcpo", "http://mcpo:8000"),
  apiKey: {
    type: "string",
    minLength: 1,
    title: "API key",
    description: "The one that it was started with (`--api-key`).",
    examples: ["${env:MCPO_API_KEY}"],
  },
  strictAuth: {
    type: "boolean",
    default: false,
    title: "Strict authentication",
    description: "It was started with `--strict-auth`: its documentation needs the key too.",
  },
  servers: {
    type: "object",
    propertyNames: { pattern: name },
    additionalProperties: {
      type: ["object", "null"],
      additionalProperties: false,
      properties: {
        tools: {
          type: "array",
          items: tool,
          title: "Tools",
          description: "Tools to call. Take those that change nothing.",
          examples: [[{ name: "get_current_time", arguments: { timezone: "UTC" }, expect: "$exists(datetime)" }]],
        },
      },
    },
    title: "Servers",
    description: "The tool servers behind it, by the names in its configuration.",
    examples: [{ time: {} }],
  },
};

export function makeMcpo(key: string, written: WrittenMcpo): MadeBlock {
  const { apiKey, strictAuth = false, servers = {} } = written;
  const block: AskedService = {
    name: blockName("mcpo", key, written.name),
    url: baseUrl(written.url),
    headers: apiKey === undefined ? undefined : { Authorization: `Bearer ${apiKey}` },
  };
  const documentation = strictAuth ? withKey(block) : {};
  const withHeaders: MadeMonitor["origins"] = strictAuth ? { "/headers": "/apiKey" } : {};
  return {
    name: block.name,
    monitors: [
      queryMonitor({
        block,
        key: "health",
        title: "health",
        path: "/openapi.json",
        query: "$exists(info.title)",
        fields: { ...documentation, interval: 60, timeout: 10, maxRetries: 2, retryInterval: 60 },
        origins: withHeaders,
      }),
      ...Object.entries(servers).flatMap(([server, told]) => [
        queryMonitor({
          block,
          key: `server.${server}`,
          title: server,
          path: `/${server}/openapi.json`,
          query: "$count($keys(paths)) > 0",
          fields: { ...documentation, interval: 300, timeout: 15, maxRetries: 1, retryInterval: 60 },
          origins: { ...withHeaders, "": pointerTo("servers", server) },
        }),
        ...(told?.tools ?? []).map((called, index) => toolMonitor(block, server, called, index)),
      ]),
    ],
    problems: addressProblems(written.url, ["openapi.json", "docs"]),
  };
}

function toolMonitor(block: AskedService, server: string, called: WrittenTool, index: number): MadeMonitor {
  const at = pointerTo("servers", server, "tools", index);
  return queryMonitor({
    block,
    key: `tool.${server}.${called.name}`,
    title: `${server} ${called.name}`,
    path: `/${server}/${called.name}`,
    query: called.expect,
    fields: {
      method: "POST",
      ...withKey(block),
      body: called.arguments ?? {},
      interval: 300,
      timeout: 30,
      maxRetries: 1,
      retryInterval: 60,
    },
    origins: { "": at, "/headers": "/apiKey", "/body": `${at}/arguments`, "/jsonPath": `${at}/expect` },
  });
}
