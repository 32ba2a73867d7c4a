/** Releases of Open WebUI, compared by their three numbers: `0.11.0-dev` counts as 0.11.0, whose code it has. */

/** Undefined for text that is no version; nothing is then known about what the server does. */
function parseRelease(version: string | undefined): readonly number[] | undefined {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/u.exec(version ?? "");
  return match === null ? undefined : match.slice(1).map((part: string | undefined) => Number(part ?? 0));
}

/** Whether `since <= version < before`; undefined when the version is not known. */
export function isBetween(version: string | undefined, since: string, before?: string): boolean | undefined {
  const release = parseRelease(version);
  if (release === undefined) return undefined;
  return compare(release, since) >= 0 && (before === undefined || compare(release, before) < 0);
}

function compare(release: readonly number[], other: string): number {
  const numbers = parseRelease(other) ?? [];
  for (const [index, part] of release.entries()) {
    const difference = part - (numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
