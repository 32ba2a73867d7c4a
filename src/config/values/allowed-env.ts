/**
 * `KUMA_SYNC_ALLOW_ENV`: which environment variables a configuration may name, as `APP_*, SLACK_WEBHOOK`. The operator sets
 * it, so that a pull request cannot send the other variables of the machine to an address of its choice.
 */
import { matchesPattern } from "../../model/pattern.ts";

export const allowVariable = "KUMA_SYNC_ALLOW_ENV";

export interface AllowedEnv {
  /** Whether `${env:NAME}` may name it; without a list every variable. */
  value(name: string): boolean;
  /** Whether keys such as `passwordEnv` may name it: if it begins with `KUMA_` or is in the list. */
  credential(name: string): boolean;
}

/** An empty list allows nothing; if the variable is not set, there is no list. `*` stands for any characters. */
export function allowedEnv(env: Readonly<Record<string, string | undefined>>): AllowedEnv {
  const list = env[allowVariable];
  const patterns = (list ?? "").split(/[\s,]+/u).filter(Boolean);
  const isListed = (name: string): boolean => patterns.some((pattern) => matchesPattern(name, pattern));
  return {
    value: (name) => list === undefined || isListed(name),
    credential: (name) => name.startsWith("KUMA_") || isListed(name),
  };
}
