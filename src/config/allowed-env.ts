/**
 * `KUMA_SYNC_ALLOW_ENV`: which environment variables a configuration may name, as `APP_*, SLACK_WEBHOOK`. The operator sets
 * it, so that a pull request cannot send the other variables of the machine to an address of its choice.
 */

export const allowVariable = "KUMA_SYNC_ALLOW_ENV";

export interface AllowedEnv {
  /** For `${env:NAME}`: every variable, unless there is a list. */
  value(name: string): boolean;
  /** For `passwordEnv` and its like: what begins with `KUMA_`, and what the list has. */
  credential(name: string): boolean;
}

/** An empty list allows nothing; only without the variable there is none. `*` stands for any characters. */
export function allowedEnv(env: Readonly<Record<string, string | undefined>>): AllowedEnv {
  const list = env[allowVariable];
  const patterns = (list ?? "")
    .split(/[\s,]+/u)
    .filter(Boolean)
    .map(patternOf);
  const isListed = (name: string): boolean => patterns.some((pattern) => pattern.test(name));
  return {
    value: (name) => list === undefined || isListed(name),
    credential: (name) => name.startsWith("KUMA_") || isListed(name),
  };
}

function patternOf(entry: string): RegExp {
  const parts = entry.split("*").map((part) => part.replaceAll(/[$()*+.?[\\\]^{|}/]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`, "u");
}
