/**
 * Releases of Uptime Kuma and of the services it watches, compared to the patch. The only place that takes a version
 * apart.
 */

/** Major, minor, patch. */
export type Release = readonly [major: number, minor: number, patch: number];

/**
 * The newest Uptime Kuma that kuma-sync was tested for, and the only place that says so; a newer one, if only by a patch,
 * is treated like it, with a warning. What 2.5.4 and 2.5.5 were tested with: docs/upstream/uptime-kuma.md#evidence-for-254-and-255.
 */
export const newestTested: Release = [2, 5, 5];
export const newestTestedVersion = releaseText(newestTested);

/** The oldest Uptime Kuma that kuma-sync works with. */
export const oldestSupported: Release = [1, 23, 0];

/**
 * Undefined for text that does not start with a version; without a patch it is the `.0`. What follows the numbers is left
 * out: a beta has the schema of the release that it leads to.
 */
function parseRelease(version: string): Release | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/u.exec(version);
  return match === null ? undefined : [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)];
}

/**
 * The release whose schema and code an Uptime Kuma of this version has. The npm package 2.0.0-dev.0 has those of 1.23
 * (docs/upstream/uptime-kuma.md#the-npm-package).
 */
export function kumaRelease(version: string): Release | undefined {
  return /^2\.0\.0-dev\b/u.test(version) ? [1, 23, 17] : parseRelease(version);
}

/** As it is written: `2.5.4`. */
export function releaseText(release: Release): string {
  return release.join(".");
}

/** Negative when `left` is older. */
function compareReleases(left: Release, right: Release): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** Without `since`: what has been there from the first release. */
export function isAtLeast(release: Release, since: Release | undefined): boolean {
  return since === undefined || compareReleases(release, since) >= 0;
}

/** Whether `since <= version < before`; undefined when `version` is not known or not a version. */
export function isBetween(version: string | undefined, since: string, before?: string): boolean | undefined {
  const release = parseRelease(version ?? "");
  if (release === undefined) return undefined;
  const isOlderThan = (other: string): boolean => !isAtLeast(release, parseRelease(other));
  return !isOlderThan(since) && (before === undefined || isOlderThan(before));
}

/**
 * Negative when `left` is older, pre-releases included: `2.0.0-beta.1` is older than `2.0.0` and newer than
 * `2.0.0-beta.0`. Text that is not a version is the oldest.
 */
export function compareVersions(left: string, right: string): number {
  const byRelease = compareReleases(parseRelease(left) ?? [0, 0, 0], parseRelease(right) ?? [0, 0, 0]);
  return byRelease || preReleaseNumber(left) - preReleaseNumber(right);
}

/** Above all others for a release; nightly builds count as pre-releases. */
function preReleaseNumber(version: string): number {
  const label = /-(.*)$/su.exec(version)?.[1];
  return label === undefined ? Number.MAX_SAFE_INTEGER : Number(/\d+$/u.exec(label)?.[0] ?? "0");
}
