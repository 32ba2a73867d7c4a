/** From flags and environment to what a connection needs. Passwords come from the environment, a file or stdin, never a flag. */
import type { Config } from "../../config/config.ts";
import { targetPrefix } from "../../config/sections/target-server.ts";
import {
  usualVariables,
  type ConnectOptions,
  type Credentials,
  type CredentialVariables,
  type Phase,
  type Timeouts,
  type TlsOptions,
} from "../../kuma/connect-options.ts";
import { UsageError } from "../../model/errors.ts";
import { urlSecrets } from "../../secrets/url-credentials.ts";
import { inert } from "../../output/inert.ts";
import { isInteractive, type Context } from "../../run/context.ts";
import { allowDestination, type Destination } from "./allow-destination.ts";
import type { ServerFlags, TargetFlags } from "../../run/flags.ts";
import { readNamedFile } from "../files/read-named-file.ts";
import { chooseTarget, connectionOf, isSet } from "../targets/choose-targets.ts";
import type { Terminal } from "../../run/terminal.ts";

const phaseTexts = {
  connect: "connecting to",
  login: "logging in at",
  lists: "reading the lists of",
} as const satisfies Record<Phase, string>;

/** `config` says where its target is; without one, flags and environment alone do. */
export async function readConnection(
  flags: ServerFlags & TargetFlags,
  context: Context,
  terminal: Terminal,
  config?: Pick<Config, "targets" | "target">,
): Promise<ConnectOptions> {
  const { variables, target, namedBy, usernameVariable, ...place } = whereTo(flags, context, config);
  // One by one: a flag that is declared and read by nobody is told by a test (test/traps/flags.fake.test.ts).
  const { passwordStdin, ca, insecure, timeout, input } = flags;
  const server: ServerFlags = {
    ...place,
    input,
    ...(passwordStdin === undefined ? {} : { passwordStdin }),
    ...(ca === undefined ? {} : { ca }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(timeout === undefined ? {} : { timeout }),
  };
  const url = readUrl(server, context);
  const secrets = secretsToSend(server, context, variables);
  const isToken = secrets.includes(variables.token);
  await allowDestination(
    { url, namedBy, target, secrets, username: isToken ? undefined : usernameVariable },
    { flags, context },
  );
  const credentials = await readCredentials(server, context, variables);
  return { ...(await connectionWith(credentials, { flags: server, context, terminal })), variables };
}

interface Place extends Pick<ServerFlags, "url" | "username"> {
  readonly variables: CredentialVariables;
  readonly target: Destination["target"];
  readonly namedBy: Destination["namedBy"];
  readonly usernameVariable: string | undefined;
}

/** Flags win over the target, and the target over variables that name none. Throws UsageError for a choice nobody made. */
function whereTo(
  flags: ServerFlags & TargetFlags,
  { env }: Context,
  config: Pick<Config, "targets" | "target"> | undefined,
): Place {
  const name = config && (chooseTarget(config.targets, flags) ?? config.target);
  const target = name === undefined ? undefined : config?.targets.get(name);
  if (target === undefined) return withoutTarget(flags, env);
  const connection = connectionOf(target, env, config?.targets.size === 1);
  const url = flags.url ?? connection.url;
  // The name that belongs to KUMA_SYNC_URL is for no other server: an empty one keeps it out.
  const isGeneral = flags.url !== undefined || connection.url === undefined;
  const username = flags.username ?? connection.username ?? (isGeneral ? undefined : "");
  if (url === undefined) refuseAddressOfOther(target.name, config?.targets);
  return {
    ...(url === undefined ? {} : { url }),
    ...(username === undefined ? {} : { username }),
    usernameVariable: flags.username === undefined ? connection.usernameVariable : undefined,
    variables: connection.variables,
    target: { name: target.name, prefix: targetPrefix(target.name) },
    namedBy: flags.url === undefined ? (connection.isUrlInFile ? "configuration" : "environment") : "flag",
  };
}

/** Flags and the variables that name no target. */
function withoutTarget({ url, username }: ServerFlags, env: Context["env"]): Place {
  const variables = usualVariables;
  return {
    ...(url === undefined ? {} : { url }),
    ...(username === undefined ? {} : { username }),
    usernameVariable: username === undefined && isSet(env, variables.username) ? variables.username : undefined,
    variables,
    target: undefined,
    namedBy: url === undefined ? "environment" : "flag",
  };
}

/** Where one target says which server is its own, `KUMA_SYNC_URL` is nobody's, least of all that of the next. */
function refuseAddressOfOther(name: string, targets: Config["targets"] = new Map()): void {
  if ([...targets.values()].every(({ url }) => url === undefined)) return;
  throw new UsageError(
    `target "${name}" has no address`,
    `write "url" below it in the configuration, or set ${targetPrefix(name)}URL`,
  );
}

/** For credentials that are known already. */
export async function connectionWith(
  credentials: Credentials,
  { flags, context, terminal }: ConnectionInput,
): Promise<ConnectOptions> {
  const url = readUrl(flags, context);
  const { timeout } = flags;
  const timeouts: Partial<Timeouts> =
    timeout === undefined
      ? {}
      : { connect: timeout, login: timeout, loginLimit: timeout, lists: timeout, call: timeout };
  return {
    url,
    credentials,
    tls: await readTls(flags, context),
    timeouts,
    onPhase: (phase) => terminal.status(`${phaseTexts[phase]} ${withoutLogin(url)}`),
    onWarning: (text) => warnOfLogin(text, terminal),
    onNotice: (text) => terminal.note(`${text}\n`),
    signal: context.signal,
  };
}

/** Also with --quiet: whoever reads the log has to know. */
export function warnOfLogin(text: string, terminal: Terminal): void {
  terminal.alert(`${terminal.err.style.yellow("warning:")} ${inert(text)}\n`);
}

export interface ConnectionInput {
  readonly flags: ServerFlags;
  readonly context: Context;
  readonly terminal: Terminal;
}

export function readUrl({ url }: ServerFlags, { env, redactor }: Context): string {
  const found = url ?? env["KUMA_SYNC_URL"] ?? "";
  redactor.add(urlSecrets(found));
  if (found === "")
    throw new UsageError("no server is named", "set KUMA_SYNC_URL, or give --url, such as https://kuma.example.com");
  return found;
}

export async function readTls({ ca, insecure }: ServerFlags, context: Context): Promise<TlsOptions> {
  return {
    ...(ca === undefined ? {} : { caPem: await readNamedFile(ca, context.cwd, { as: "--ca" }) }),
    ...(insecure === true ? { insecure } : {}),
  };
}

/** What `readCredentials` would send, by the names of the variables; what a person types is sent where the question says. */
function secretsToSend(
  { passwordStdin }: ServerFlags,
  { env }: Context,
  names: CredentialVariables,
): readonly string[] {
  if (passwordStdin !== true && isSet(env, names.token)) return [names.token];
  const password =
    passwordStdin === true ? "--password-stdin" : isSet(env, names.password) ? names.password : undefined;
  const totpSecret = isSet(env, names.totpSecret) ? names.totpSecret : undefined;
  return [password, totpSecret].filter((name) => name !== undefined);
}

/** A token wins over a password: it needs no second factor, and the server does not count its logins. */
async function readCredentials(flags: ServerFlags, context: Context, names: CredentialVariables): Promise<Credentials> {
  const url = readUrl(flags, context);
  const token = flags.passwordStdin === true ? undefined : await readSecret(names.token, context);
  if (token !== undefined) return { type: "token", token };
  const username = readUsername(flags, context);
  const whose = username === undefined ? undefined : `${username} at ${url}`;
  const password = await readPassword(flags, context, { whose, name: names.password });
  if (username === undefined && password === undefined) return { type: "none" };
  if (username === undefined) {
    throw new UsageError("there is a password and no user name", `set ${names.username}, or give --username`);
  }
  if (password === undefined) throw noPassword(username, names.password);
  return withTotpSecret({ type: "password", username, password }, context, names.totpSecret);
}

type PasswordLogin = Extract<Credentials, { readonly type: "password" }>;

export async function withTotpSecret(
  login: PasswordLogin,
  context: Context,
  name = usualVariables.totpSecret,
): Promise<PasswordLogin> {
  const totpSecret = await readSecret(name, context);
  return totpSecret === undefined ? login : { ...login, totpSecret };
}

export function readUsername({ username }: ServerFlags, { env }: Context): string | undefined {
  const found = username ?? env["KUMA_SYNC_USERNAME"] ?? "";
  return found === "" ? undefined : found;
}

/** From stdin, the environment, or, when somebody is there and `whose` says for what, by asking. */
export async function readPassword(
  flags: ServerFlags,
  context: Context,
  { whose, name = usualVariables.password }: { readonly whose: string | undefined; readonly name?: string },
): Promise<string | undefined> {
  if (flags.passwordStdin === true) {
    const password = (await context.stdin.readText()).replace(/\r?\n$/u, "");
    if (password === "") throw new UsageError("--password-stdin was given, and stdin is empty");
    context.redactor.add([password]);
    return password;
  }
  const found = await readSecret(name, context);
  if (found !== undefined || whose === undefined || !isInteractive(context, flags)) return found;
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

/** From the variable, or from the file that the variable with `_FILE` behind its name holds the path of. */
export async function readSecret(name: string, context: Context): Promise<string | undefined> {
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

/** Addresses may hold a user and a password, which are for the proxy in front and not for the screen. */
function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/\s]*@/u, "//");
}
