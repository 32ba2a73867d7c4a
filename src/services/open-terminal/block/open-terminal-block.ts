/** The short block of an Open Terminal, and the monitors that it stands for (docs/upstream/services.md#open-terminal). */
import type { JsonObject } from "../../../model/json.ts";
import { addressProblems, addressSchema, baseUrl, blockName } from "../../blocks/base-url.ts";
import type { CommonKeys } from "../../blocks/common-keys.ts";
import { queryMonitor, withKey, type AskedService, type MadeMonitor } from "../../blocks/made-monitor.ts";
import type { ServiceProblem } from "../../problem.ts";
import type { MadeBlock } from "../../service.ts";

/** As the user writes it, after interpolation and valid by its schema. */
export interface WrittenOpenTerminal extends CommonKeys {
  readonly url: string;
  readonly apiKey?: string;
  readonly execute?: boolean;
}

export const openTerminalProperties: Readonly<Record<string, JsonObject>> = {
  url: addressSchema("Open Terminal", "http://open-terminal:8000"),
  apiKey: {
    type: "string",
    minLength: 1,
    title: "API key",
    description: "The one that it was started with. Without it only its health is watched.",
    examples: ["${env:OPEN_TERMINAL_API_KEY}"],
  },
  execute: {
    type: "boolean",
    default: false,
    title: "Execute",
    description: "Also run `echo HEALTHY`, every ten minutes. It leaves one small log file for each run.",
  },
};

export const echo: JsonObject = { command: "echo HEALTHY" };

export function makeOpenTerminal(key: string, written: WrittenOpenTerminal): MadeBlock {
  const { apiKey, execute = false } = written;
  const block: AskedService = {
    name: blockName("Open Terminal", key, written.name),
    url: baseUrl(written.url),
    headers: apiKey === undefined ? undefined : { Authorization: `Bearer ${apiKey}` },
  };
  return {
    name: block.name,
    monitors: [
      queryMonitor({
        block,
        key: "health",
        title: "health",
        path: "/health",
        query: 'status = "ok"',
        fields: { interval: 60, timeout: 10, maxRetries: 2, retryInterval: 60 },
      }),
      ...(apiKey === undefined ? [] : keyedMonitors(block, execute)),
    ],
    problems: [...addressProblems(written.url, ["health", "files", "execute", "docs"]), ...keyProblems(written)],
  };
}

function keyedMonitors(block: AskedService, execute: boolean): readonly MadeMonitor[] {
  const files = queryMonitor({
    block,
    key: "files",
    title: "files",
    path: "/files/cwd",
    query: "$exists(cwd)",
    fields: { ...withKey(block), interval: 300, timeout: 15, maxRetries: 1, retryInterval: 60 },
    origins: { "": "/apiKey", "/headers": "/apiKey" },
  });
  if (!execute) return [files];
  const run = queryMonitor({
    block,
    key: "execute",
    title: "execute",
    path: "/execute?wait=5",
    query: "status = 'done' and exit_code = 0",
    fields: {
      method: "POST",
      ...withKey(block),
      body: echo,
      interval: 600,
      timeout: 30,
      maxRetries: 1,
      retryInterval: 60,
    },
    origins: { "": "/execute", "/headers": "/apiKey" },
  });
  return [files, run];
}

function keyProblems({ apiKey, execute = false }: WrittenOpenTerminal): readonly ServiceProblem[] {
  if (apiKey !== undefined || !execute) return [];
  return [
    {
      code: "KS1702",
      severity: "error",
      message: "a command needs an API key",
      pointer: "/execute",
      hint: "add apiKey: ${env:OPEN_TERMINAL_API_KEY}",
      why: "Open Terminal answers only its health without one",
    },
  ];
}
