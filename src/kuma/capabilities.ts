/**
 * The capabilities of a release, from the version that it reports (docs/upstream/uptime-kuma.md#limits,
 * docs/upstream/uptime-kuma.md#writes-side-by-side, docs/upstream/uptime-kuma.md#telling-releases-apart,
 * docs/upstream/uptime-kuma.md#differences-between-releases).
 */
import { KumaError } from "../model/errors.ts";
import type { Capabilities } from "../model/kuma-client.ts";
import { isAtLeast, kumaRelease, newestTested, oldestSupported, type Release } from "../model/release.ts";

/** 24 days, the longest that a 32-bit timer of milliseconds can wait; 2.5 splits longer waits. */
const longestTimerSeconds = 2_073_600;

/**
 * 1.23 sends the whole monitor list after each write, so parallel writes only delay each other. On 2.x, more than this
 * gains nothing, because the server's database is the limit. With several database connections (2.2, MariaDB), answers
 * come out of order and ids do not follow the order of sending. That is harmless as long as two writes to one monitor
 * never overlap (docs/upstream/uptime-kuma.md#writes-side-by-side).
 */
const writeWindow2x = 20;

/** The first line that is not known at all. */
const firstUnknownMajor = 4;

/** Whether a server of this version logs in by a cookie (docs/upstream/uptime-kuma.md#uptime-kuma-3). */
export function isCookieLine(version: string): boolean {
  return (kumaRelease(version)?.[0] ?? 0) >= 3;
}

/**
 * Throws KumaError "incompatible" for releases before 1.23, from 4.0 on, and for text that is not a version. `monitorTypes`
 * are those that the server has as classes: the fields of a 3.x are read from them, as it has no release yet.
 */
export function capabilitiesOf(
  version: string,
  monitorTypes?: ReadonlySet<string>,
): { capabilities: Capabilities; isTested: boolean } {
  const release = kumaRelease(version);
  if (release === undefined) throw incompatible(`the server states its version as "${version.slice(0, 40)}"`);
  if (!isAtLeast(release, oldestSupported)) throw incompatible(`Uptime Kuma ${version} is older than 1.23`);
  if (release[0] >= firstUnknownMajor) {
    throw incompatible(`Uptime Kuma ${version} is of a line that this kuma-sync does not know`);
  }
  const isTested = isAtLeast(newestTested, release);
  const schema = release[0] >= 3 ? schemaOf3(monitorTypes) : isTested ? release : newestTested;
  return { capabilities: capabilitiesOfRelease(schema), isTested };
}

/**
 * The 2.x release whose fields a 3.x has. All betas call themselves 3.0.0-beta.0, and their code has followed 2.4, 2.5 and
 * 2.5.4 (docs/upstream/uptime-kuma.md#fields-of-3x). A field too many would make every `add` with it fail.
 */
function schemaOf3(monitorTypes: ReadonlySet<string> | undefined): Release {
  if (monitorTypes === undefined || monitorTypes.has("sftp")) return newestTested;
  return monitorTypes.has("ntp") ? [2, 5, 3] : [2, 4, 0];
}

function capabilitiesOfRelease(release: Release): Capabilities {
  const is2 = release[0] >= 2;
  const is21 = isAtLeast(release, [2, 1, 0]);
  return {
    release,
    hasConditions: is2,
    hasDeltas: is2,
    writeWindow: is2 ? writeWindow2x : 1,
    minInterval: is21 ? 1 : 20,
    maxInterval: isAtLeast(release, [2, 5, 0]) ? undefined : longestTimerSeconds,
    minRetryInterval: is21 ? 1 : 0,
  };
}

function incompatible(message: string): KumaError {
  return new KumaError("incompatible", message, {
    hint: "kuma-sync works with Uptime Kuma 1.23 to 2.x, and tries 3.x",
  });
}
