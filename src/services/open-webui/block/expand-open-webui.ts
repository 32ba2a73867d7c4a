/**
 * Turns the `openWebUI` section into ordinary monitors, which a user could also write under `monitors:`. They are on
 * three levels: Open WebUI itself, the models and their providers, and completions. Pure: it sends no requests, so a
 * plan can be made offline.
 */
import { pointerTo, type JsonObject, type JsonPointer } from "../../../model/json.ts";
import { applyOverrides, groupKey, unusedOverrides } from "./apply-overrides.ts";
import { completionMonitors } from "./level-completions.ts";
import { healthMonitors } from "./level-health.ts";
import { modelMonitors, providerMonitors } from "./level-models.ts";
import type { PresetBlock, PresetMonitor } from "./preset-monitor.ts";
import type { OpenWebUIProblem } from "../problem.ts";
import { baseUrl, readModels, requestProblems } from "./read-block.ts";
import type { WrittenOpenWebUI } from "./written.ts";

interface ExpandedMonitor {
  /** As a user would write it under `monitors:`. */
  readonly written: JsonObject;
  /** Where a place in `written` comes from, as a pointer into the section; `""` stands for the monitor as a whole. */
  readonly origins: Readonly<Record<JsonPointer, JsonPointer>>;
}

export interface ExpandedOpenWebUI {
  /** By key, which starts with the key of the block: `main`, `main.health`, `main.model.gpt-4o`. */
  readonly monitors: Readonly<Record<string, ExpandedMonitor>>;
  readonly problems: readonly OpenWebUIProblem[];
}

/** `blocks` must be valid by `openWebUISchema` and interpolated. Monitors with an error are left out. */
export function expandOpenWebUI(blocks: Readonly<Record<string, WrittenOpenWebUI>>): ExpandedOpenWebUI {
  const expanded = Object.entries(blocks).map(([key, written]) => expandBlock(key, written));
  return {
    monitors: Object.fromEntries(expanded.flatMap(({ monitors }) => Object.entries(monitors))),
    problems: expanded.flatMap(({ problems }) => problems),
  };
}

function expandBlock(key: string, written: WrittenOpenWebUI): ExpandedOpenWebUI {
  const { models, problems: modelProblems } = readModels(key, written.models ?? []);
  const block: PresetBlock = {
    name: written.name ?? (key === "main" ? "Open WebUI" : `Open WebUI ${key}`),
    url: baseUrl(written.url),
    headers: keyHeaders(written),
    models: written.apiKey === undefined ? [] : models,
  };
  const group: PresetMonitor = {
    key: groupKey,
    written: { name: block.name, type: "group" },
    origins: { "/name": "/name" },
  };
  const all = [
    group,
    ...healthMonitors(block, written),
    ...modelMonitors(block),
    ...providerMonitors(block),
    ...completionMonitors(block, written.completions),
  ];
  const overrides = written.overrides ?? {};
  const kept = all.flatMap((monitor) => applyOverrides(monitor, overrides) ?? []);
  const hasGroup = kept.some((monitor) => monitor.key === groupKey);
  const problems = [
    ...modelProblems,
    ...requestProblems(written, models),
    ...unusedOverrides(
      all.map((monitor) => monitor.key),
      overrides,
    ).map((pattern) => unusedOverride(pattern, all)),
  ];
  return {
    monitors: Object.fromEntries(kept.map((monitor) => located(key, monitor, hasGroup))),
    problems: problems.map((problem) => ({ ...problem, pointer: pointerTo(key) + problem.pointer })),
  };
}

/**
 * In the usual header the key follows `Bearer`; any other header holds only the key
 * (docs/upstream/open-webui.md#api-keys).
 */
function keyHeaders({ apiKey, apiKeyHeader = "Authorization" }: WrittenOpenWebUI): JsonObject | undefined {
  if (apiKey === undefined) return undefined;
  return { [apiKeyHeader]: apiKeyHeader.toLowerCase() === "authorization" ? `Bearer ${apiKey}` : apiKey };
}

function located(key: string, monitor: PresetMonitor, hasGroup: boolean): [string, ExpandedMonitor] {
  const origins = Object.entries({ "": "", ...monitor.origins }).map(([at, from]) => [at, pointerTo(key) + from]);
  const isGroup = monitor.key === groupKey;
  return [
    isGroup ? key : `${key}.${monitor.key}`,
    {
      // Values of an override win here too.
      written: { ...(isGroup || !hasGroup ? {} : { parent: key }), ...monitor.written },
      origins: Object.fromEntries(origins) as ExpandedMonitor["origins"],
    },
  ];
}

function unusedOverride(pattern: string, monitors: readonly PresetMonitor[]): OpenWebUIProblem {
  return {
    rule: "unknown-override",
    severity: "error",
    message: `no monitor of this block is "${pattern}"`,
    pointer: pointerTo("overrides", pattern),
    hint: `its monitors are ${monitors.map((monitor) => monitor.key).join(", ")}`,
  };
}
