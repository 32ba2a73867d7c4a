/**
 * Level 1: does Open WebUI run? The request has no key, because 0.6.37 to 0.8.12 refuse /health with one
 * (docs/upstream/open-webui.md#allow-list).
 */
import { queryMonitor, type AskedService, type MadeMonitor } from "../../blocks/made-monitor.ts";
import type { WrittenOpenWebUI } from "./written.ts";

/** Three retries, one minute apart: a restart blocks while it loads models and migrates, and should alert nobody. */
const patience = { interval: 60, timeout: 20, maxRetries: 3, retryInterval: 60 } as const;

export function healthMonitors(block: AskedService, written: WrittenOpenWebUI): readonly MadeMonitor[] {
  const checks = [
    // Needs no database and no provider; a blocked process times out.
    { key: "health", path: "/health", query: "status", isWanted: true },
    { key: "ready", path: "/ready", query: "status", isWanted: written.ready === true },
    { key: "database", path: "/health/db", query: "status", isWanted: written.database === true },
    // An instance without users asks for the first one, but `/health` is still up.
    {
      key: "volume",
      path: "/api/config",
      query: "status = true and $not($exists(onboarding))",
      isWanted: written.volume === true,
    },
  ] as const;
  return checks
    .filter(({ isWanted }) => isWanted)
    .map(({ key, path, query }) => queryMonitor({ block, key, title: key, path, query, fields: patience }));
}
