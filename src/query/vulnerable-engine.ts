/**
 * The published vulnerabilities of jsonata before 2.2.0: an expression can reach JavaScript's own objects and run any
 * code where it is evaluated (CVE-2026-77415, CVE-2026-77413, CVE-2026-12208).
 */
import { compareEngines } from "./engines.ts";
import { serverRules, type ServerRules } from "./server-rules.ts";

/** The first Uptime Kuma release without these vulnerabilities. */
export const firstSafeRelease = "2.5.4";

/** Whether a server with these rules uses a vulnerable jsonata. */
export function isVulnerable({ engine }: Pick<ServerRules, "engine">): boolean {
  return compareEngines(engine, "2.2.2") < 0;
}

/** The same for the version that a server reports. */
export function isVulnerableServer(version: string): boolean {
  return isVulnerable(serverRules(version));
}
