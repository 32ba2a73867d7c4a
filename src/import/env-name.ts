/** kuma-sync's own credentials, which a configuration may not read (config/values/outside/own-variable.ts). */
const ownPrefix = "KUMA_SYNC_";

/**
 * `["oncall", "smtpPassword"]` is `ONCALL_SMTP_PASSWORD`, and `["telegram", "telegramBotToken"]` is
 * `TELEGRAM_BOT_TOKEN`. A number follows if `taken` already contains the name.
 */
export function envName(place: readonly string[], taken: ReadonlySet<string>): string {
  const words = place.map(wordsOf).reduce(joined, []).join("_");
  const name = /^\d/u.test(words) || words.startsWith(ownPrefix) || words === "" ? `SECRET_${words}` : words;
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}_${count}`;
    if (!taken.has(free)) return free;
  }
}

function wordsOf(part: string): readonly string[] {
  return part
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, "_")
    .toUpperCase()
    .split(/[^A-Z0-9]+/u)
    .filter((word) => word !== "");
}

/** Joins two names; words that end the first and begin the second are written once. */
function joined(first: readonly string[], second: readonly string[]): readonly string[] {
  const overlaps = Array.from({ length: Math.min(first.length, second.length) }, (_, index) => index + 1);
  const longest = overlaps.findLast((count) => first.slice(-count).join("_") === second.slice(0, count).join("_")) ?? 0;
  return [...first, ...second.slice(longest)];
}
