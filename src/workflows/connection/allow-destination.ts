/**
 * Sends credentials only where the operator wants: to an address from a flag or an environment variable. An address
 * that only the configuration names gets none unless the operator allows it, because in a pull request a stranger may
 * have written the configuration.
 */
import { KumaError } from "../../model/errors.ts";
import { originOf } from "../../kuma/origin.ts";
import { inert } from "../../output/inert.ts";
import { allowedOrigins, hostsVariable } from "./allowed-hosts.ts";
import type { Context } from "../../run/context.ts";
import { isInteractive } from "../../run/is-interactive.ts";
import type { ServerFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { readRememberedHosts, rememberHosts } from "./remembered-hosts.ts";

/** Where a run would log in, and with what credentials. */
export interface Destination {
  readonly url: string;
  /** Who named the address: the operator, by flag or environment, or only the configuration. */
  readonly namedBy: "flag" | "environment" | "configuration";
  /** The target, and the prefix of its own variables; undefined without a target. */
  readonly target: { readonly name: string; readonly prefix: string } | undefined;
  /** Names of the variables that would be used, or `--password-stdin`. */
  readonly secrets: readonly string[];
  /** The variable with the user name, if there is one. */
  readonly username: string | undefined;
}

/** A credential that belongs to a server. */
interface Owned {
  readonly variable: string;
  readonly urlVariable: string;
  /** Undefined if the variable does not hold an address. */
  readonly origin: string | undefined;
}

type AskingRun = Run<Pick<ServerFlags, "input">>;

/** Resolves if the credentials may be sent. Throws KumaError "host-not-allowed" before anything is sent. */
export async function allowDestination(run: AskingRun, destination: Destination): Promise<void> {
  const { context } = run;
  const { url, namedBy, secrets } = destination;
  const origin = originOf(url);
  // A text that is not an address is reported when it is read; nothing can be sent to it.
  if (namedBy === "flag" || origin === undefined) return;
  const used = destination.username === undefined ? secrets : [...secrets, destination.username];
  const owned = used.flatMap((variable) => ownerOf(variable, context.env));
  const stranger = owned.find((one) => one.origin !== origin);
  if (stranger !== undefined) throw belongsElsewhere(stranger, origin, destination);
  if (namedBy === "environment") return;
  const free = secrets.filter((variable) => !owned.some((one) => one.variable === variable));
  if (free.length === 0) return;
  const allowed = allowedOrigins(context.env[hostsVariable] ?? "");
  if (allowed.includes(origin)) return;
  await askOnce(run, { origin, variables: free, destination, allowed });
}

/**
 * The server that a credential belongs to: `KUMA_SYNC_PASSWORD` to `KUMA_SYNC_URL`, and `KUMA_SYNC_PROD_PASSWORD` to
 * `KUMA_SYNC_PROD_URL`, if that is set.
 */
function ownerOf(variable: string, env: Context["env"]): readonly Owned[] {
  const prefix = /^(KUMA_SYNC_(?:\w+_)?)(?:USERNAME|PASSWORD|TOKEN|TOTP_SECRET)$/u.exec(variable)?.[1];
  const urlVariable = `${prefix}URL`;
  const url = prefix === undefined ? "" : (env[urlVariable] ?? "");
  return url === "" ? [] : [{ variable, urlVariable, origin: originOf(url) }];
}

interface UnnamedOrigin {
  readonly origin: string;
  readonly variables: readonly string[];
  readonly destination: Destination;
  readonly allowed: readonly string[];
}

/** Asks like ssh about an unknown host. In CI only the environment counts, whatever the machine remembers. */
async function askOnce(run: AskingRun, unnamed: UnnamedOrigin): Promise<void> {
  const { context } = run;
  const { origin, variables, destination } = unnamed;
  if ((context.env["CI"] ?? "") !== "") throw onlyInConfiguration(unnamed, { isAskable: false });
  const remembered = await readRememberedHosts(context);
  const isRemembered = (variable: string): boolean =>
    remembered.some((host) => host.variable === variable && host.origin === origin);
  const unknown = variables.filter((variable) => !isRemembered(variable));
  if (unknown.length === 0) return;
  if (!isInteractive(run)) throw onlyInConfiguration(unnamed, { isAskable: true });
  const question = [
    `Only the configuration names ${inert(origin)}, for ${subjectOf(destination)}.`,
    `Send ${listOf(unknown)} there, now and from now on? Type "yes" to continue: `,
  ].join("\n");
  if ((await context.ask(question)).trim() !== "yes") throw onlyInConfiguration(unnamed, { isAskable: true });
  await rememberHosts(
    unknown.map((variable) => ({ variable, origin })),
    context,
  );
}

function belongsElsewhere(owned: Owned, origin: string, { target, namedBy }: Destination): KumaError {
  const { variable, urlVariable } = owned;
  const own = owned.origin ?? "another server";
  const where = namedBy === "configuration" ? "the configuration puts it" : "the environment puts it";
  const prefix = target?.prefix;
  const hint =
    prefix === undefined
      ? `correct ${urlVariable}, or give --url`
      : `if ${origin} is right, set ${prefix}URL to it and give it credentials of its own in ${prefix}PASSWORD or ${prefix}TOKEN; if not, correct "url" of the target`;
  return new KumaError(
    "host-not-allowed",
    `${variable} belongs to ${own} (${urlVariable}), but ${where} with ${origin}${target === undefined ? "" : ` for target "${target.name}"`}; nothing was sent`,
    { hint },
  );
}

function onlyInConfiguration(
  { origin, variables, destination, allowed }: UnnamedOrigin,
  { isAskable }: { readonly isAskable: boolean },
): KumaError {
  const { target } = destination;
  const bound = allowed.length === 0 ? `${hostsVariable} is not set` : `${hostsVariable} allows ${allowed.join(", ")}`;
  const ways = [
    ...(target === undefined ? [] : [`set ${target.prefix}URL=${origin}`]),
    `add ${new URL(origin).protocol === "https:" ? new URL(origin).host : origin} to ${hostsVariable}`,
    ...(isAskable && target !== undefined ? [`answer "yes" on a terminal with --target ${target.name}, once`] : []),
  ];
  return new KumaError(
    "host-not-allowed",
    `only the configuration names ${origin}, for ${subjectOf(destination)}, and ${bound}; ${listOf(variables)} was not sent`,
    { hint: `if the host is right, ${ways.join(", or ")}` },
  );
}

function subjectOf({ target }: Destination): string {
  return target === undefined ? "this run" : `target "${target.name}"`;
}

function listOf(variables: readonly string[]): string {
  return variables.join(" and ");
}
