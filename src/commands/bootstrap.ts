/**
 * `bootstrap`: sets up a new server, so that a configuration can be applied to it. Does nothing on a server that is set
 * up.
 */
import { Option } from "commander";
import { bootstrap, type BootstrapOptions } from "../kuma/bootstrap/bootstrap.ts";
import type { DatabaseChoice } from "../kuma/bootstrap/database-choice.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { findingNoteText } from "../output/human/note.ts";
import { renderBootstrap } from "../output/human/bootstrap.ts";
import { createDocument } from "../output/json.ts";
import { reportDocument } from "../output/report-document.ts";
import { readConfiguration } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid } from "../workflows/configuration/show-findings.ts";
import {
  noPassword,
  readPassword,
  readSecret,
  readUsername,
  withTotpSecret,
} from "../workflows/connection/credentials.ts";
import { connectionWith, readTls, warnOfLogin } from "../workflows/connection/read-connection.ts";
import { readUrl } from "../workflows/connection/read-url.ts";
import type { OpenWebUIAccountFlags } from "../workflows/open-webui/bootstrap-open-webui.ts";
import type { CommandDefinition } from "../run/command.ts";
import {
  addAccountFlags,
  addApplyFlags,
  addConfigFlags,
  addOutputFlags,
  addServerFlags,
  parsePort,
} from "../run/declare-flags.ts";
import { converge } from "../workflows/applying/converge.ts";
import type { ApplyFlags, ConfigFlags, OutputFlags, ServerFlags } from "../run/flags.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { userNameFindings } from "../workflows/connection/user-name-findings.ts";
import { refuseUntrusted } from "../workflows/connection/refuse-untrusted.ts";
import type { Run } from "../run/run.ts";

interface BootstrapFlags extends ConfigFlags, OutputFlags, ServerFlags, ApplyFlags, OpenWebUIAccountFlags {
  readonly apply?: boolean;
  readonly database: "sqlite" | "mariadb";
  readonly dbHost?: string;
  readonly dbPort: number;
  readonly dbName: string;
  readonly dbUsername?: string;
}

export const bootstrapCommand: CommandDefinition<BootstrapFlags> = {
  help: `
Waits until the server answers, chooses its database (2.x), makes the
administrator and logs in. Does nothing on a server that is set up. --username
is admin unless it is said otherwise.

With --open-webui it makes the account that monitors of an Open WebUI use: keys
enabled, a group, an account without rights, its key. It shows what it will do
and asks.

Environment:
  KUMA_SYNC_DB_PASSWORD         password of --db-username
  OPEN_WEBUI_ADMIN_EMAIL, OPEN_WEBUI_ADMIN_PASSWORD
                                the administrator of Open WebUI
  OPEN_WEBUI_ADMIN_TOKEN        or its session token, needed where signing in
                                takes a second factor; or its API key
  OPEN_WEBUI_ACCOUNT_PASSWORD   password of an --account that exists already
  OPEN_WEBUI_ADMIN_TOKEN_FILE   a file that holds it; so for each secret

Examples:
  kuma-sync bootstrap --url http://localhost:3001     asks for the password
  kuma-sync bootstrap --apply --auto-approve  and apply monitors.yaml
  kuma-sync bootstrap --open-webui http://localhost:8080 \\
    --key-file monitoring.env --key-name OPEN_WEBUI_API_KEY --grant gpt-4o

Exit codes: 0 done, or nothing to do, 5 refused, 7 cannot connect or log in;
with --apply also those of apply.
`,
  declare: (command) =>
    addAccountFlags(
      addOutputFlags(
        addServerFlags(
          addApplyFlags(
            addConfigFlags(
              command
                .addOption(
                  new Option("--database <type>", "database of Uptime Kuma 2.x")
                    .choices(["sqlite", "mariadb"])
                    .default("sqlite"),
                )
                .option("--db-host <host>", "MariaDB: its address, as the server sees it")
                .option("--db-port <port>", "MariaDB: its port", parsePort, 3306)
                .option("--db-name <name>", "MariaDB: the database", "kuma")
                .option("--db-username <name>", "MariaDB: the account; its password comes from KUMA_SYNC_DB_PASSWORD")
                .option("--apply", "then apply the configuration"),
            ),
          ),
        ),
      ),
    ),
  run: runBootstrap,
};

type BootstrapRun = Run<BootstrapFlags>;

/** Milliseconds. A first start migrates the database, which is slow on a small machine. */
const usualTimeoutMs = 120_000;

async function runBootstrap(run: BootstrapRun): Promise<Outcome> {
  const { terminal, flags } = run;
  if (flags.openWebui !== undefined) {
    const { bootstrapOpenWebUI } = await import("../workflows/open-webui/bootstrap-open-webui.ts");
    return bootstrapOpenWebUI(run);
  }
  if (flags.apply === true) refuseUntrusted(run, "bootstrap --apply");
  // The configuration is checked before anything is set up.
  const config = flags.apply === true ? await readConfiguration(run, "real") : undefined;
  if (config !== undefined && hasErrors(withoutServerDependent(config.findings)))
    return refuseInvalid(run, config, config.findings);
  const options = await readOptions(run);
  const { login: way, ...did } = await bootstrap(options);
  const { url, username, password } = options;
  terminal.print(renderBootstrap({ ...did, url, username }, terminal.out.style));
  const findings = way === "socket" ? userNameFindings(username) : [];
  if (!terminal.isJson) for (const finding of findings) terminal.note(findingNoteText(finding));
  const result = findings.length === 0 ? did : { ...did, findings };
  const done: Outcome = { type: "done" };
  if (config === undefined) {
    terminal.printDocument(createDocument("bootstrap", done, result));
    return done;
  }
  terminal.print("\n");
  const login = await withTotpSecret(run, { type: "password", username, password });
  // The login above has printed the warning already.
  const connection = { ...(await connectionWith(run, login)), onWarning: () => undefined };
  const data = await converge(run, { config, connection, purpose: { type: "apply" } });
  terminal.printDocument(createDocument("bootstrap", data.outcome, { ...result, apply: reportDocument(data) }));
  return data.outcome;
}

async function readOptions(run: BootstrapRun): Promise<BootstrapOptions> {
  const { context, terminal, flags } = run;
  const url = readUrl(run);
  const username = readUsername(run) ?? "admin";
  const password = await readPassword(run, { whose: `${username}, to be made at ${url}` });
  if (password === undefined) throw noPassword(username);
  return {
    url,
    username,
    password,
    database: await readDatabase(run),
    tls: await readTls(run),
    timeoutMs: flags.timeout ?? usualTimeoutMs,
    onWarning: (text) => warnOfLogin(run, text),
    onProgress: (text) => terminal.status(text),
    onNotice: (text) => terminal.note(`${text}\n`),
    onSecret: (secrets) => context.redactor.add(secrets),
    signal: context.signal,
  };
}

async function readDatabase(run: BootstrapRun): Promise<DatabaseChoice> {
  const { flags } = run;
  if (flags.database === "sqlite") return { type: "sqlite" };
  const { dbHost: hostname, dbPort: port, dbName, dbUsername: username } = flags;
  const password = await readSecret(run, "KUMA_SYNC_DB_PASSWORD");
  if (hostname === undefined || username === undefined || password === undefined) {
    throw new UsageError(
      "MariaDB needs an address and an account",
      "give --db-host and --db-username, and set KUMA_SYNC_DB_PASSWORD or KUMA_SYNC_DB_PASSWORD_FILE",
    );
  }
  return { type: "mariadb", hostname, port, dbName, username, password };
}
