/** `bootstrap`: from a server that was just started to one that can be applied to. Finds nothing to do when it is set up. */
import { bootstrap, type BootstrapOptions, type BootstrapResult } from "../kuma/bootstrap.ts";
import type { DatabaseChoice } from "../kuma/bootstrap-database.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { inert } from "../output/inert.ts";
import { createDocument } from "../output/json.ts";
import { reportDocument } from "../output/report-document.ts";
import { readConfiguration, refuseInvalid } from "../workflows/configuration/configuration.ts";
import {
  connectionWith,
  noPassword,
  readPassword,
  readSecret,
  readTls,
  readUrl,
  readUsername,
  warnOfLogin,
  withTotpSecret,
} from "../workflows/connection/read-connection.ts";
import type { Context } from "../run/context.ts";
import { converge } from "../workflows/applying/converge.ts";
import type { ApplyFlags, ConfigFlags, OutputFlags, ServerFlags } from "../run/flags.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import { createTerminal, type Terminal } from "../run/terminal.ts";

export interface BootstrapFlags extends ConfigFlags, OutputFlags, ServerFlags, ApplyFlags {
  readonly apply?: boolean;
  readonly database: "sqlite" | "mariadb";
  readonly dbHost?: string;
  readonly dbPort: number;
  readonly dbName: string;
  readonly dbUsername?: string;
}

/** A first start migrates the database; on a small machine that takes a while. */
const usualTimeoutMs = 120_000;

export async function runBootstrap(context: Context, flags: BootstrapFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  if (flags.apply === true) refuseUntrusted("bootstrap --apply", context);
  // What would be applied is checked before anything is set up.
  const config = flags.apply === true ? await readConfiguration(flags, context, "real") : undefined;
  if (config !== undefined && hasErrors(withoutServerDependent(config.findings)))
    return refuseInvalid(config, config.findings, { context, terminal, reports: [] });
  const options = await readOptions(flags, context, terminal);
  const result = await bootstrap(options).finally(() => terminal.clearStatus());
  terminal.print(resultText(result, options, terminal));
  const done: Outcome = { type: "done" };
  if (config === undefined) {
    terminal.printDocument(createDocument("bootstrap", done, result));
    return done;
  }
  terminal.print("\n");
  const { username, password } = options;
  const login = await withTotpSecret({ type: "password", username, password }, context);
  // The warning of the login above is one for this login too.
  const connection = { ...(await connectionWith(login, { flags, context, terminal })), onWarning: () => undefined };
  const data = await converge({ config, connection, flags, purpose: { type: "apply" }, context, terminal });
  terminal.printDocument(createDocument("bootstrap", data.outcome, { ...result, apply: reportDocument(data) }));
  return data.outcome;
}

async function readOptions(flags: BootstrapFlags, context: Context, terminal: Terminal): Promise<BootstrapOptions> {
  const url = readUrl(flags, context);
  const username = readUsername(flags, context) ?? "admin";
  const password = await readPassword(flags, context, { whose: `${username}, to be made at ${url}` });
  if (password === undefined) throw noPassword(username);
  return {
    url,
    username,
    password,
    database: await readDatabase(flags, context),
    tls: await readTls(flags, context),
    timeoutMs: flags.timeout ?? usualTimeoutMs,
    onWarning: (text) => warnOfLogin(text, terminal),
    onProgress: (text) => terminal.status(text),
    onNotice: (text) => terminal.note(`${text}\n`),
    signal: context.signal,
  };
}

async function readDatabase(flags: BootstrapFlags, context: Context): Promise<DatabaseChoice> {
  if (flags.database === "sqlite") return { type: "sqlite" };
  const { dbHost: hostname, dbPort: port, dbName, dbUsername: username } = flags;
  const password = await readSecret("KUMA_SYNC_DB_PASSWORD", context);
  if (hostname === undefined || username === undefined || password === undefined) {
    throw new UsageError(
      "MariaDB needs an address and an account",
      "give --db-host and --db-username, and set KUMA_SYNC_DB_PASSWORD or KUMA_SYNC_DB_PASSWORD_FILE",
    );
  }
  return { type: "mariadb", hostname, port, dbName, username, password };
}

function resultText(
  { database, admin }: BootstrapResult,
  { url, username }: BootstrapOptions,
  { out }: Terminal,
): string {
  const { style } = out;
  if (database === "already" && admin === "already") {
    return `${style.green("Nothing to do.")} ${inert(url)} is set up, and "${inert(username)}" can log in.\n`;
  }
  const steps = [
    ...(database === "set-up" ? ["the database is chosen"] : []),
    ...(admin === "created" ? [`the administrator "${inert(username)}" is made`] : []),
  ];
  return `${style.green("Set up:")} ${inert(url)}: ${steps.join(", ")}.\n`;
}
