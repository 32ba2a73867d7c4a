/** The options for logging in at a target. */
import { targetPrefix, type TargetServer } from "../../config/sections/target-server.ts";
import type { CredentialVariables } from "../../kuma/connect-options.ts";

/** Where a target is, and the names of the variables with its secrets (or, with `_FILE` appended, of the files). */
export interface TargetConnection {
  /** Undefined if neither the file nor a variable has it; a flag must then give it. */
  readonly url: string | undefined;
  /** Whether only the configuration names the address. */
  readonly isUrlInFile: boolean;
  readonly username: string | undefined;
  /** The variable with the user name; undefined if the name is in the file, or missing. */
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
 * A variable of the target takes precedence over the file. Variables without a target (KUMA_SYNC_PASSWORD) count only
 * if there is no other target (`isOnly`), because they would send one server's credentials to another.
 */
export function connectionOf(target: TargetServer, env: Env, isOnly: boolean): TargetConnection {
  const own = targetPrefix(target.name);
  const setting = (name: string, written: string | undefined): Setting => {
    const [variable] = [own, ...(written === undefined && isOnly ? [general] : [])]
      .map((prefix) => prefix + name)
      .filter((full) => filled(env[full]) !== undefined);
    return { value: variable === undefined ? written : env[variable], variable };
  };
  // Uses one set of secrets, because a general token would otherwise take precedence over the target's own password.
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

/** Whether the variable, or the one with `_FILE` appended, is set. */
export function isSet(env: Env, name: string): boolean {
  return filled(env[name]) !== undefined || filled(env[`${name}_FILE`]) !== undefined;
}

/** CI systems pass missing variables as empty texts. */
function filled(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
