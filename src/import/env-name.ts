/** Our own credentials, which a configuration may not read (config/interpolate.ts). */
const ownPrefix = "KUMA_SYNC_";

/** `["oncall", "smtpPassword"]` is `ONCALL_SMTP_PASSWORD`; a number behind it where `taken` has that already. */
export function envName(place: readonly string[], taken: ReadonlySet<string>): string {
  const words = place
    .join("_")
    .replaceAll(/(?<=[a-z0-9])(?=[A-Z])/gu, "_")
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/gu, "_")
    .replaceAll(/^_+|_+$/gu, "");
  const name = /^\d/u.test(words) || words.startsWith(ownPrefix) || words === "" ? `SECRET_${words}` : words;
  for (let count = 1; ; count += 1) {
    const free = count === 1 ? name : `${name}_${count}`;
    if (!taken.has(free)) return free;
  }
}
