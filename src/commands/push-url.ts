/** `push-url`: prints or writes the addresses that jobs call to report to push monitors. */
import { Option, type Command } from "commander";
import type { OpenConfig } from "../config/load.ts";
import { connectReadOnly } from "../kuma/connect.ts";
import type { Row } from "../kinds/kind.ts";
import { entityKey, localKey } from "../model/entity.ts";
import type { PushUrlsBody } from "../model/document-bodies.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { guess } from "../model/guess.ts";
import { isSelectedBy } from "../model/pattern.ts";
import type { PushUrl } from "../model/push-url.ts";
import { createDocument, serialise } from "../output/json.ts";
import { pushUrlForms, pushUrlsText, pushUrlVariable, type PushUrlForm } from "../output/push-urls.ts";
import { plural } from "../output/words/counts.ts";
import type { CommandDefinition } from "../run/command.ts";
import { addConfigFlags, addServerFlags, addTargetFlags, addTextFlags } from "../run/declare-flags.ts";
import type { ConfigFlags, OutputFlags, ServerFlags, TargetFlags } from "../run/flags.ts";
import type { Run } from "../run/run.ts";
import { untilAborted } from "../run/until-aborted.ts";
import { resolveConfiguration } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid } from "../workflows/configuration/show-findings.ts";
import { withoutServerDependent } from "../workflows/configuration/vulnerable-jsonata.ts";
import { readConnection } from "../workflows/connection/read-connection.ts";
import { refuseExisting } from "../workflows/files/refuse-existing.ts";
import { checkOutputPaths, findExisting, writeNewFiles, writeOver } from "../workflows/files/write-files.ts";
import { managedMonitors } from "../workflows/status/managed-monitors.ts";
import { pushUrls } from "../workflows/status/push-urls.ts";
import { runForTargets } from "../workflows/targets/run-for-targets.ts";

type Format = PushUrlForm | "json";

export interface PushUrlFlags extends ConfigFlags, OutputFlags<Format>, ServerFlags, TargetFlags {
  /** Keys or patterns; none means all push monitors of the project. */
  readonly keys: readonly string[];
  readonly out?: string;
  readonly overwrite?: boolean;
}

export const pushUrlCommand: CommandDefinition<PushUrlFlags> = {
  help: `
Anybody who knows such an address can report the monitor up, so keep it as you
keep a password. With one key, only the address is printed.

A call without parameters means up. A job that adds its own calls
  ADDRESS?status=down&msg=disk+full

Examples:
  curl -fsS "$(kuma-sync push-url backup)"
  kuma-sync push-url "backup-*" --format env --out push.env
  eval "$(kuma-sync push-url --format sh)"    BACKUP_PUSH_URL and so on

Exit codes: 0 printed or written, 5 the file exists, 7 cannot connect or log in.
`,
  declare: (command) =>
    addTextFlags(
      addFormat(
        addTargetFlags(
          addServerFlags(
            addConfigFlags(
              command
                .argument("[keys...]", "keys of push monitors, or patterns such as backup-* (default: all)")
                .option("--out <file>", "write it to a file that only you can read")
                .option("--overwrite", "replace the file if it exists"),
            ),
          ),
        ),
      ),
    ),
  run: (run) => runForTargets(run, undefined, showPushUrls),
};

function addFormat(command: Command): Command {
  return command
    .optionsGroup("Output:")
    .addOption(
      new Option("--format <format>", "addresses, with parameters (full), variables (env, sh), or one JSON document")
        .choices([...pushUrlForms, "json"])
        .default("url"),
    );
}

async function showPushUrls(run: Run<PushUrlFlags>, opened: OpenConfig): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const { out, overwrite = false, format } = flags;
  checkOutputPaths(context, [out]);
  if (out !== undefined && !overwrite && findExisting(context, [out]) !== undefined) return refuse(run, out);
  const config = await resolveConfiguration(run, opened, "hidden");
  if (hasErrors(withoutServerDependent(config.findings))) return refuseInvalid(run, config, config.findings);

  const reader = await connectReadOnly(await readConnection(run, config));
  try {
    const monitors = await untilAborted(managedMonitors(reader, config.project), context.signal);
    const urls = chosen(await untilAborted(pushUrls(reader, monitors), context.signal), monitors, flags.keys);
    if (format === "env" || format === "sh") refuseSameVariable(urls);
    const outcome: Outcome = { type: "done" };
    const { url, version } = reader.server;
    const body: PushUrlsBody = { project: config.project, server: { url, version }, pushUrls: urls };
    const text =
      format === "json"
        ? serialise(createDocument("push-urls", outcome, body))
        : pushUrlsText(urls, format, flags.keys.length === 1 && urls.length === 1);
    if (out === undefined) {
      terminal.printSecret(text);
      return outcome;
    }
    if (overwrite) await context.whileWriting(() => writeOver(context, out, text, { isSecret: true }));
    else if ((await writeNewFiles(context, [{ path: out, text, isSecret: true }])) !== undefined)
      return refuse(run, out);
    terminal.note(`Wrote ${plural(urls.length, "address", "addresses")} to ${out}, readable only by you.\n`);
    return outcome;
  } finally {
    await reader.close();
  }
}

function refuse(run: Run, out: string): Outcome {
  return refuseExisting(run, "push-urls", out);
}

/** The addresses that the arguments choose. Throws UsageError for an argument that chooses none. */
function chosen(urls: readonly PushUrl[], monitors: readonly Row[], patterns: readonly string[]): readonly PushUrl[] {
  for (const pattern of patterns) {
    if (urls.some((one) => isSelectedBy([pattern], one))) continue;
    throw noAddress(pattern, urls, monitors);
  }
  if (patterns.length === 0 && urls.length === 0) {
    throw new UsageError("the project has no push monitor on this server", "declare one with type: push, and apply it");
  }
  return patterns.length === 0 ? urls : urls.filter((one) => isSelectedBy(patterns, one));
}

function noAddress(pattern: string, urls: readonly PushUrl[], monitors: readonly Row[]): UsageError {
  const other = monitors.find(({ owner }) => isSelectedBy([pattern], { key: entityKey("monitor", owner?.key ?? "") }));
  if (other !== undefined) {
    const reason = other.type === "push" ? "has no push token" : `has the type ${other.type ?? ""}`;
    return new UsageError(`"${pattern}" ${reason}`, "only monitors with type: push have an address to call");
  }
  const near = guess(
    pattern.replace(/^monitor\//u, ""),
    urls.map(({ key }) => localKey(key)),
  );
  return new UsageError(
    `no push monitor of the project on this server matches "${pattern}"`,
    near === undefined ? "apply it first, or write the key as in the configuration" : `did you mean "${near}"?`,
  );
}

function refuseSameVariable(urls: readonly PushUrl[]): void {
  const seen = new Map<string, PushUrl>();
  for (const one of urls) {
    const variable = pushUrlVariable(one.key);
    const other = seen.get(variable);
    if (other !== undefined) {
      throw new UsageError(`"${other.key}" and "${one.key}" would both be ${variable}`, "ask for them one by one");
    }
    seen.set(variable, one);
  }
}
