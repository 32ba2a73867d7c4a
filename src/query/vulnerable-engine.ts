/**
 * The published vulnerabilities of jsonata before 2.2.0: an expression reaches JavaScript's own objects and runs code where it is
 * evaluated (CVE-2026-77415, CVE-2026-77413, CVE-2026-12208).
 */
import { compareEngines } from "./engines.ts";
import { serverRules, type ServerRules } from "./server-rules.ts";

/** The first release of Uptime Kuma without them. */
export const firstSafeRelease = "2.5.4";

/** Whether a server with these rules evaluates with such a jsonata. */
export function isVulnerable({ engine }: Pick<ServerRules, "engine">): boolean {
  return compareEngines(engine, "2.2.2") < 0;
}

/** The same for the version that a server says of itself. */
export function isVulnerableServer(version: string): boolean {
  return isVulnerable(serverRules(version));
}
