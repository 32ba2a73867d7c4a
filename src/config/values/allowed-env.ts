/**
 * `KUMA_SYNC_ALLOW_ENV`: which environment variables a configuration may name, as `APP_*, SLACK_WEBHOOK`. The operator sets
 * it, so that a pull request cannot send the other variables of the machine to an address of its choice.
 */
import { matchesPattern } from "../../model/pattern.ts";

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
  const patterns = (list ?? "").split(/[\s,]+/u).filter(Boolean);
  const isListed = (name: string): boolean => patterns.some((pattern) => matchesPattern(name, pattern));
  return {
    value: (name) => list === undefined || isListed(name),
    credential: (name) => name.startsWith("KUMA_") || isListed(name),
  };
}
