/**
 * What a release can do, from the version that it states (docs/upstream/uptime-kuma.md#limits,
 * docs/upstream/uptime-kuma.md#writes-side-by-side, docs/upstream/uptime-kuma.md#telling-releases-apart,
 * docs/upstream/uptime-kuma.md#differences-between-releases).
 */
import { KumaError } from "../model/errors.ts";
import type { Capabilities, Release } from "../model/kuma-client.ts";

/** A newer server gets its capabilities. */
const newestTested: Release = [2, 5, 3];
const oldestSupported: Release = [1, 23, 0];

/** 24 days, the longest that a 32-bit timer of milliseconds can wait; 2.5 splits longer waits. */
const longestTimerSeconds = 2_073_600;

/**
 * 1.23 sends the whole monitor list after each write, so that writes at once only delay each other. On 2.x more than
 * this gains nothing: the server's database is the limit. With several database connections (2.2, MariaDB) answers
 * come out of order and ids do not follow the order of sending, which is no harm as long as two writes to one monitor
 * never overlap (§8.1, §8.2).
 */
const writeWindow2x = 20;

/** Throws KumaError "incompatible" for releases before 1.23, from 3.0 on, and for texts that are no version. */
export function capabilitiesOf(version: string): { capabilities: Capabilities; isTested: boolean } {
  const stated = parseRelease(version);
  if (stated === undefined) throw incompatible(`the server states its version as "${version.slice(0, 40)}"`);
  if (isBefore(stated, oldestSupported)) throw incompatible(`Uptime Kuma ${version} is older than 1.23`);
  // 3.0 has replaced the login over the socket by cookies (§12.5).
  if (stated[0] >= 3)
    throw incompatible(`Uptime Kuma ${version} is of the 3.x line, which has no login over its socket`);
  // The npm package: major 2 by number, 1.23 by schema and protocol (§12.4). It sorts after the betas of 2.0.0.
  const actual: Release = /^2\.0\.0-dev\b/.test(version) ? [1, 23, 17] : stated;
  const release = isBefore(newestTested, actual) ? newestTested : actual;
  return {
    capabilities: capabilitiesOfRelease(release),
    // A patch release changes neither schema nor protocol (§12.2).
    isTested: !isBefore(newestTested, [actual[0], actual[1], 0]),
  };
}

function capabilitiesOfRelease(release: Release): Capabilities {
  const is2 = release[0] >= 2;
  const is21 = is2 && !isBefore(release, [2, 1, 0]);
  return {
    release,
    hasConditions: is2,
    hasDeltas: is2,
    writeWindow: is2 ? writeWindow2x : 1,
    minInterval: is21 ? 1 : 20,
    maxInterval: isBefore(release, [2, 5, 0]) ? longestTimerSeconds : undefined,
    minRetryInterval: is21 ? 1 : 0,
  };
}

/** What comes after the three numbers is left out: a beta has the schema of the release that it leads to. */
function parseRelease(version: string): Release | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+.].*)?$/.exec(version);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3])];
}

function isBefore(left: Release, right: Release): boolean {
  const index = [0, 1, 2].find((at) => left[at] !== right[at]);
  return index !== undefined && (left[index] ?? 0) < (right[index] ?? 0);
}

function incompatible(message: string): KumaError {
  return new KumaError("incompatible", message, { hint: "kuma-sync works with Uptime Kuma 1.23 to 2.x" });
}
