/** The flags that several commands share: their names, descriptions and parsers. */
import { InvalidArgumentError, Option, type Command } from "commander";
import { durationForms, meantDuration, secondsOf } from "../model/duration.ts";
import { outputFormats } from "../output/report-format.ts";

export function addFormatFlag(command: Command): Command {
  return command.addOption(
    new Option("--format <format>", "what stdout carries: text for people, or one JSON document")
      .choices(["human", "json"])
      .default("human"),
  );
}

/** For commands whose results are reviewed: more formats, and files besides stdout. */
export function addReportFlags(command: Command, formats: readonly string[]): Command {
  return addTextFlags(
    command
      .optionsGroup("Output:")
      .addOption(
        new Option("--format <format>", "what stdout carries: text, one JSON document, Markdown, or annotations")
          .choices(outputFormats)
          .default("human"),
      )
      .option("--report <format=file>", `also write a report: ${formats.join(", ")}; may be repeated`, addText),
  );
}

export function addOutputFlags(command: Command): Command {
  return addTextFlags(addFormatFlag(command.optionsGroup("Output:")));
}

export function addTextFlags(command: Command): Command {
  return command
    .addOption(
      new Option("--color <when>", "colours; NO_COLOR and FORCE_COLOR apply too")
        .choices(["auto", "always", "never"])
        .default("auto"),
    )
    .option("-v, --verbose", "print more details on stderr")
    .option("-q, --quiet", "no progress, only results and errors");
}

/** Does nothing if the command has it already: its configuration and its server both need variables. */
export function addEnvFileFlag(command: Command): Command {
  if (command.options.some(({ long }) => long === "--env-file")) return command;
  return command.option(
    "-e, --env-file <file>",
    "variables beside those of the environment, which win; - for stdin; may be repeated, later files win",
    addText,
  );
}

export function addConfigFlags(command: Command): Command {
  return addEnvFileFlag(command.optionsGroup("Configuration:"))
    .option(
      "-f, --file <path>",
      "configuration: a file, a folder, a glob, or - for stdin; may be repeated (default: monitors.yaml)",
      addText,
    )
    .option(
      "--file-root <folder>",
      "let the configuration name files in this folder too, not only in its own; may be repeated",
      addText,
    )
    .option(
      "--var <name=value>",
      "a value for ${var:name}; may be repeated",
      (text: string, before: Readonly<Record<string, string>> | undefined) => ({ ...before, ...parseVariable(text) }),
    );
}

/** For a command whose arguments are files; `about` describes what else they may be. */
export function addFileArguments(command: Command, about = ""): Command {
  return command.argument("[files...]", `configuration: files, folders, globs, or - for stdin; the same as -f${about}`);
}

/** `what` is what the command does with the secrets. */
export function addSecretsFlag(command: Command, what = "check"): Command {
  return command
    .optionsGroup("Configuration:")
    .option("--with-secrets", `${what} the values of \${env:…} and \${file:…} too, which are not read otherwise`);
}

export function addServerFlags(command: Command): Command {
  return addInputFlag(
    addLoginFlags(command).option(
      "--timeout <time>",
      "longest wait for each step of the connection, each call, and another run, such as 60s",
      parseDuration,
    ),
  );
}

/** The same for a command whose `--timeout` is about something else. */
export function addConnectionFlags(command: Command): Command {
  return addInputFlag(addLoginFlags(command));
}

function addLoginFlags(command: Command): Command {
  return addEnvFileFlag(command.optionsGroup("Server:"))
    .option("--url <url>", "address of Uptime Kuma (or KUMA_SYNC_URL)")
    .option("--username <name>", "user to log in as (or KUMA_SYNC_USERNAME)")
    .option("--password-stdin", "read the password from stdin (or KUMA_SYNC_PASSWORD, never a flag)")
    .option("--ca <file>", "trust the certificates in this PEM file too")
    .option("--insecure", "accept any certificate");
}

function addInputFlag(command: Command): Command {
  return command.option("--no-input", "never ask; implied when stdin is not a terminal or CI is set");
}

/** For commands that connect to one server at a time. */
export function addTargetFlag(command: Command): Command {
  return command
    .optionsGroup("Server:")
    .option(
      "--target <name>",
      "one of the configuration's targets",
      (text: string, before: readonly string[] | undefined) => {
        if (before !== undefined) throw new InvalidArgumentError("this command takes one target at a time");
        return [text];
      },
    );
}

export function addTargetFlags(command: Command): Command {
  return command
    .optionsGroup("Server:")
    .option("--target <name>", "one of the configuration's targets; may be repeated", addText)
    .option("--all-targets", "all of them, side by side; the worst exit code counts");
}

export function addOpenWebUIFlags(command: Command): Command {
  return addEnvFileFlag(command.optionsGroup("Open WebUI:"))
    .option("--open-webui <url>", "its address; the key comes from OPEN_WEBUI_API_KEY, never a flag")
    .option("--timeout <time>", "longest wait for each answer, such as 60s", parseDuration);
}

/** For the account that monitors use. */
export function addAccountFlags(command: Command): Command {
  return command
    .optionsGroup("Open WebUI:")
    .option("--open-webui <url>", "instead: create the account that its monitors use, with a key")
    .option("--key-file <path>", "where to write the key, readable only by you; a key that is there is kept")
    .option("--key-name <name>", "keep it there as the line NAME=key, and leave the other lines as they are")
    .option("--account <email>", "the account", "monitoring@localhost")
    .option("--group <name>", "its group, which may use API keys and nothing else", "Monitoring")
    .option("--grant <model>", "let the group read this model; may be repeated", addText)
    .option("--restrict-endpoints", "restrict all API keys of the instance to a list of endpoints");
}

const sharedFlag = [
  "--allow-shared-changes",
  "allow changes that affect objects outside the configuration: users of a deleted object, children of a group",
] as const;

/** For a command without other flags about plans. */
export function addSharedFlag(command: Command): Command {
  return command.option(...sharedFlag);
}

export function addScopeFlags(command: Command): Command {
  return command
    .optionsGroup("Changes:")
    .option("--allow-deletes <n>", "consent to at most this many deletes", parseCount, 0)
    .option("--no-deletes", "keep objects that are no longer declared")
    .option("--no-test", "write monitors without judging their samples and tests")
    .option("--allow-bulk", "consent to unusually many changes at once")
    .option("--allow-empty", "allow a configuration that declares nothing")
    .option(...sharedFlag)
    .option("--adopt", "take over unmanaged objects that have the name of a declared one")
    .option("--takeover", "take over objects that belong to another project")
    .option("--resolve-duplicates", "of objects with the same marker, delete all but the one with the history")
    .option("--not-renamed", "treat apparent renames as delete plus create")
    .option("--select <key>", "only these: monitor/api, or a pattern such as monitor/web-*; may be repeated", addText)
    .option("--exclude <key>", "everything except these; may be repeated", addText);
}

export function addApplyFlags(command: Command): Command {
  return addScopeFlags(command)
    .option("--auto-approve", "do not ask before writing")
    .addOption(
      new Option("--on-error <how>", "after a failed step: continue with steps that do not need it, or stop")
        .choices(["continue", "stop"])
        .default("continue"),
    )
    .addOption(
      new Option("--verify <how>", "after the last write: read again what may have changed, or everything")
        .choices(["changes", "full"])
        .default("changes"),
    )
    .option(
      "--wait [time]",
      "wait until the new monitors are up, 60s or the time given; exit 9 if they are not",
      parseDuration,
    );
}

/** A duration as in YAML: `90` and `90s` are seconds. Returns milliseconds. */
export function parseDuration(text: string): number {
  const ms = (secondsOf(text) ?? 0) * 1000;
  // Node fires longer timers at once.
  if (ms >= 1 && ms <= 2 ** 31 - 1) return ms;
  const meant = ms === 0 ? meantDuration(text) : undefined;
  throw new InvalidArgumentError(meant === undefined ? durationForms : `${durationForms}: ${meant}`);
}

/** For an option that may be repeated. */
export function addText(text: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), text];
}

function parseCount(text: string): number {
  if (!/^\d{1,9}$/u.test(text)) throw new InvalidArgumentError("it must be a number, such as 2");
  return Number(text);
}

export function parsePort(text: string): number {
  const port = /^\d{1,5}$/u.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new InvalidArgumentError("a port is a number from 1 to 65535");
  return port;
}

function parseVariable(text: string): Readonly<Record<string, string>> {
  const split = text.indexOf("=");
  if (split < 1) throw new InvalidArgumentError("it is written as name=value");
  return { [text.slice(0, split)]: text.slice(split + 1) };
}

/** The release that judges: `2.5.3`, or a pre-release. */
export function parseReleaseFlag(text: string): string {
  if (!/^\d+\.\d+\.\d+(?:-[\w.]+)?$/u.test(text)) throw new InvalidArgumentError("a version is written like 2.5.3");
  return text;
}

/** For flags that may be repeated. */
export function collectRelease(text: string, before: readonly string[] | undefined): readonly string[] {
  return addText(parseReleaseFlag(text), before);
}
