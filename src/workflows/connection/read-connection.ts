/** Reads the options of a connection from flags and environment. */
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
import { warningText } from "../../output/human/note.ts";
import type { Context } from "../../run/context.ts";
import type { ServerFlags, TargetFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { readNamedFile } from "../files/read-named-file.ts";
import { chooseTarget } from "../targets/choose-targets.ts";
import { allowDestination, type Destination } from "./allow-destination.ts";
import { readCredentials, secretsToSend } from "./credentials.ts";
import { readUrl, withoutLogin } from "./read-url.ts";
import { connectionOf, isSet } from "./target-connection.ts";

const phaseTexts = {
  connect: "connecting to",
  login: "logging in at",
  lists: "reading monitors from",
} as const satisfies Record<Phase, string>;

/** With `config`, the server of its target; otherwise the server that flags and environment name. */
export async function readConnection(
  run: Run<ServerFlags & TargetFlags>,
  config?: Pick<Config, "targets" | "target">,
): Promise<ConnectOptions> {
  const { variables, target, namedBy, usernameVariable, ...place } = findServer(run, config);
  // Read one by one, so that test/traps/flags.fake.test.ts notices a declared flag that is not used.
  const { passwordStdin, ca, insecure, timeout, input } = run.flags;
  const flags: ServerFlags = {
    ...place,
    input,
    ...(passwordStdin === undefined ? {} : { passwordStdin }),
    ...(ca === undefined ? {} : { ca }),
    ...(insecure === undefined ? {} : { insecure }),
    ...(timeout === undefined ? {} : { timeout }),
  };
  const own: Run<ServerFlags> = { ...run, flags };
  const url = readUrl(own);
  const secrets = secretsToSend(own, variables);
  const isToken = secrets.includes(variables.token);
  await allowDestination(own, { url, namedBy, target, secrets, username: isToken ? undefined : usernameVariable });
  return { ...(await connectionWith(own, await readCredentials(own, variables))), variables };
}

interface NamedServer extends Pick<ServerFlags, "url" | "username"> {
  readonly variables: CredentialVariables;
  readonly target: Destination["target"];
  readonly namedBy: Destination["namedBy"];
  readonly usernameVariable: string | undefined;
}

/** Flags win over the target, and the target over variables that name none. Throws UsageError where the flags must choose a target. */
function findServer(
  { context, flags }: Run<ServerFlags & TargetFlags>,
  config: Pick<Config, "targets" | "target"> | undefined,
): NamedServer {
  const { env } = context;
  const name = config && (chooseTarget(config.targets, flags) ?? config.target);
  const target = name === undefined ? undefined : config?.targets.get(name);
  if (target === undefined) return withoutTarget(flags, env);
  const connection = connectionOf(target, env, config?.targets.size === 1);
  const url = flags.url ?? connection.url;
  // The user name that belongs to KUMA_SYNC_URL is for no other server; an empty name prevents its use.
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

/** Flags, and the variables that are not for a target. */
function withoutTarget({ url, username }: ServerFlags, env: Context["env"]): NamedServer {
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

/** If a target names its own server, `KUMA_SYNC_URL` belongs to no target and is refused. */
function refuseAddressOfOther(name: string, targets: Config["targets"] = new Map()): void {
  if ([...targets.values()].every(({ url }) => url === undefined)) return;
  throw new UsageError(
    `target "${name}" has no address`,
    `write "url" below it in the configuration, or set ${targetPrefix(name)}URL`,
  );
}

/** For credentials that are already known. */
export async function connectionWith(run: Run<ServerFlags>, credentials: Credentials): Promise<ConnectOptions> {
  const { context, terminal } = run;
  const url = readUrl(run);
  const { timeout } = run.flags;
  const timeouts: Partial<Timeouts> =
    timeout === undefined
      ? {}
      : { connect: timeout, login: timeout, loginLimit: timeout, lists: timeout, call: timeout };
  return {
    url,
    credentials,
    tls: await readTls(run),
    timeouts,
    onPhase: (phase) => terminal.status(`${phaseTexts[phase]} ${withoutLogin(url)}`),
    onWarning: (text) => warnOfLogin(run, text),
    onNotice: (text) => terminal.note(`${text}\n`),
    onSecret: (secrets) => context.redactor.add(secrets),
    signal: context.signal,
  };
}

/** Also printed with --quiet, because a log must contain it. */
export function warnOfLogin({ terminal }: Run, text: string): void {
  terminal.alert(warningText(text, terminal.err.style));
}

export async function readTls({ context, flags }: Run<ServerFlags>): Promise<TlsOptions> {
  const { ca, insecure } = flags;
  return {
    ...(ca === undefined ? {} : { caPem: await readNamedFile(ca, context.cwd, { as: "--ca" }) }),
    ...(insecure === true ? { insecure } : {}),
  };
}
