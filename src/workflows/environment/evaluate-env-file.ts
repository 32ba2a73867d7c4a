/** What an env file sets. Pure. */
import { ExpansionError, expandVariables } from "./expand-variables.ts";
import type { EnvFileProblem } from "./env-file-problem.ts";
import { parseEnvFile } from "./parse-env-file.ts";

export interface EnvFileValues {
  /** By name; the last line of a name counts. */
  readonly values: ReadonlyMap<string, string>;
  /** The file must not be used when there are any. */
  readonly problems: readonly EnvFileProblem[];
  /** Where a variable is used that is not set, which counts as empty. */
  readonly warnings: readonly EnvFileProblem[];
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * `before` is what earlier files set. A value may use what the environment has, then what stands above it, as in Docker
 * Compose.
 */
export function evaluateEnvFile(text: string, env: Env, before: ReadonlyMap<string, string>): EnvFileValues {
  const { lines, problems: malformed } = parseEnvFile(text);
  const values = new Map<string, string>();
  const problems = [...malformed];
  const warnings: EnvFileProblem[] = [];
  for (const { name, value, isVerbatim, offset } of lines) {
    let isUnset = false;
    const lookup = {
      value: (wanted: string) =>
        (Object.hasOwn(env, wanted) ? env[wanted] : undefined) ?? values.get(wanted) ?? before.get(wanted),
      onUnset: () => {
        isUnset = true;
      },
    };
    try {
      values.set(name, isVerbatim ? value : expandVariables(value, lookup));
    } catch (error) {
      if (!(error instanceof ExpansionError)) throw error;
      problems.push({ offset, message: `${name}: ${error.message}`, hint: literalHint });
    }
    // The variable's own name is not repeated: what follows a dollar sign may be half of a password.
    if (isUnset) warnings.push({ offset, message: `${name} uses a variable that is not set`, hint: literalHint });
  }
  return { values, problems: problems.toSorted((one, other) => one.offset - other.offset), warnings };
}

const literalHint = "in single quotes, or as $$, a dollar sign stands for itself";
