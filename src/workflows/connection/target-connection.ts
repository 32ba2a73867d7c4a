/** What it takes to log in at a target. */
import { targetPrefix, type TargetServer } from "../../config/sections/target-server.ts";
import type { CredentialVariables } from "../../kuma/connect-options.ts";

/** Where a target is, and which variables (or, with `_FILE` behind them, files) hold its secrets. */
export interface TargetConnection {
  /** Undefined when neither the file nor a variable has it: then a flag must. */
  readonly url: string | undefined;
  /** Whether the configuration alone names the address. */
  readonly isUrlInFile: boolean;
  readonly username: string | undefined;
  /** The variable that the user's name comes from; undefined when the file has it, or nothing. */
  readonly usernameVariable: string | undefined;
  readonly variables: CredentialVariables;
}

interface Setting {
  readonly value: string | undefined;
  readonly variable: string | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

const general = "KUMA_SYNC_";
const secretNames = ["PASSWORD", "TOKEN", "TOTP_SECRET"] as const;

/**
 * A variable of the target's own wins over the file. Variables that name no target (KUMA_SYNC_PASSWORD) count only
 * where there is no other target (`isOnly`): they would send one server's credentials to another.
 */
export function connectionOf(target: TargetServer, env: Env, isOnly: boolean): TargetConnection {
  const own = targetPrefix(target.name);
  const setting = (name: string, written: string | undefined): Setting => {
    const [variable] = [own, ...(written === undefined && isOnly ? [general] : [])]
      .map((prefix) => prefix + name)
      .filter((full) => filled(env[full]) !== undefined);
    return { value: variable === undefined ? written : env[variable], variable };
  };
  // One set of secrets: a general token would win over a password of the target's own.
  const prefix = isOnly && !secretNames.some((name) => isSet(env, own + name)) ? general : own;
  const url = setting("URL", target.url);
  const username = setting("USERNAME", target.username);
  return {
    url: url.value,
    isUrlInFile: url.value !== undefined && url.variable === undefined,
    username: username.value,
    usernameVariable: username.variable,
    variables: {
      username: `${prefix}USERNAME`,
      password: target.passwordEnv ?? `${prefix}PASSWORD`,
      token: target.tokenEnv ?? `${prefix}TOKEN`,
      totpSecret: target.totpSecretEnv ?? `${prefix}TOTP_SECRET`,
    },
  };
}

/** Whether the variable, or the one with `_FILE` behind its name, holds something. */
export function isSet(env: Env, name: string): boolean {
  return filled(env[name]) !== undefined || filled(env[`${name}_FILE`]) !== undefined;
}

/** Continuous integration hands missing variables over as empty texts. */
function filled(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
