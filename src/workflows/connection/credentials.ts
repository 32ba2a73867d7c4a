/** Reads passwords and tokens: from the environment, a file, stdin or a prompt; never from a flag. */
import { usualVariables, type Credentials, type CredentialVariables } from "../../kuma/connect-options.ts";
import { UsageError } from "../../model/errors.ts";
import { isInteractive } from "../../run/is-interactive.ts";
import type { ServerFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { readNamedFile } from "../files/read-named-file.ts";
import { readUrl, withoutLogin } from "./read-url.ts";
import { isSet } from "./target-connection.ts";

type ServerRun = Run<ServerFlags>;

/** The names of the variables whose values `readCredentials` would send. Typed values have no name. */
export function secretsToSend({ context, flags }: ServerRun, names: CredentialVariables): readonly string[] {
  const { env } = context;
  const { passwordStdin } = flags;
  if (passwordStdin !== true && isSet(env, names.token)) return [names.token];
  const password =
    passwordStdin === true ? "--password-stdin" : isSet(env, names.password) ? names.password : undefined;
  const totpSecret = isSet(env, names.totpSecret) ? names.totpSecret : undefined;
  return [password, totpSecret].filter((name) => name !== undefined);
}

/** A token takes precedence over a password: it needs no second factor, and the server does not count its logins. */
export async function readCredentials(run: ServerRun, names: CredentialVariables): Promise<Credentials> {
  const url = readUrl(run);
  const token = run.flags.passwordStdin === true ? undefined : await readSecret(run, names.token);
  if (token !== undefined) return { type: "token", token };
  const username = readUsername(run);
  const whose = username === undefined ? undefined : `${username} at ${url}`;
  const password = await readPassword(run, { whose, name: names.password });
  if (username === undefined && password === undefined) return { type: "none" };
  if (username === undefined) {
    throw new UsageError("there is a password and no user name", `set ${names.username}, or give --username`);
  }
  if (password === undefined) throw noPassword(username, names.password);
  return withTotpSecret(run, { type: "password", username, password }, names.totpSecret);
}

type PasswordLogin = Extract<Credentials, { readonly type: "password" }>;

export async function withTotpSecret(
  run: Run,
  login: PasswordLogin,
  name = usualVariables.totpSecret,
): Promise<PasswordLogin> {
  const totpSecret = await readSecret(run, name);
  return totpSecret === undefined ? login : { ...login, totpSecret };
}

export function readUsername({ context, flags }: ServerRun): string | undefined {
  const found = flags.username ?? context.env["KUMA_SYNC_USERNAME"] ?? "";
  return found === "" ? undefined : found;
}

/** From stdin, the environment or a file, or by asking: only where a person can be asked. `whose` is part of the question; without it nothing is asked. */
export async function readPassword(
  run: ServerRun,
  { whose, name = usualVariables.password }: { readonly whose: string | undefined; readonly name?: string },
): Promise<string | undefined> {
  const { context, flags } = run;
  if (flags.passwordStdin === true) {
    const password = (await context.stdin.readText()).replace(/\r?\n$/u, "");
    if (password === "") throw new UsageError("--password-stdin was given, and stdin is empty");
    context.redactor.add([password]);
    return password;
  }
  const found = await readSecret(run, name);
  if (found !== undefined || whose === undefined || !isInteractive(run)) return found;
  const typed = await context.ask(`Password of ${withoutLogin(whose)}: `, { isSecret: true });
  context.redactor.add([typed]);
  return typed === "" ? undefined : typed;
}

export function noPassword(username: string, name = usualVariables.password): UsageError {
  return new UsageError(
    `there is no password for the user "${username}"`,
    `set ${name} or ${name}_FILE, or give --password-stdin`,
  );
}

/** From the variable, or from the file that the variable with `_FILE` behind its name holds the path of. The redactor knows it from here on. */
export async function readSecret({ context }: Pick<Run, "context">, name: string): Promise<string | undefined> {
  const value = context.env[name] ?? "";
  const file = context.env[`${name}_FILE`] ?? "";
  if (value !== "" && file !== "") throw new UsageError(`${name} and ${name}_FILE are both set`, "unset one of them");
  if (value === "" && file === "") return undefined;
  const secret =
    value === "" ? (await readNamedFile(file, context.cwd, { as: `${name}_FILE` })).replace(/\r?\n$/u, "") : value;
  if (secret === "") throw new UsageError(`the file that ${name}_FILE names is empty`);
  context.redactor.add([secret]);
  return secret;
}
