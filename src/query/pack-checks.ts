import type { Check } from "./check.ts";
import type { Pack } from "./child/protocol.ts";
import { serverRules } from "./server-rules.ts";

/** Stores each body, and the rules of each server, once. */
export function packChecks(checks: readonly Check[]): Pack {
  const bodies = [...new Set(checks.map(({ body }) => body))];
  const servers = [...new Set(checks.map(({ server }) => server))];
  const bodyPlaces = new Map(bodies.map((body, place) => [body, place]));
  const packed = checks.map(({ body, server, ...check }) => ({
    ...check,
    body: bodyPlaces.get(body) as number,
    rules: servers.indexOf(server),
  }));
  return { bodies, rules: servers.map(serverRules), checks: packed };
}
