/** `render`: prints the configuration with everything filled in but what comes from outside. Needs no server and no secret. */
import { dirname, resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { Config } from "../config/config.ts";
import { renderConfig, type Unwritable } from "../config/rendered/render-config.ts";
import { kinds } from "../kinds/index.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { pointerParts } from "../model/json.ts";
import { isSelectedBy } from "../model/pattern.ts";
import type { RenderedConfiguration } from "../model/rendered-configuration.ts";
import { renderedJson } from "../output/rendered/rendered-json.ts";
import { renderedYaml } from "../output/rendered/rendered-yaml.ts";
import { plural } from "../output/words/counts.ts";
import type { CommandDefinition } from "../run/command.ts";
import { addConfigFlags, addFileArguments, addTargetFlag, addText, addTextFlags } from "../run/declare-flags.ts";
import type { ConfigFlags, OutputFlags, TargetFlag } from "../run/flags.ts";
import type { Run } from "../run/run.ts";
import { openConfiguration, resolveForTarget } from "../workflows/configuration/read-configuration.ts";
import { refuseInvalid } from "../workflows/configuration/show-findings.ts";
import { checkOutputPaths, writeOver } from "../workflows/files/write-files.ts";

interface RenderFlags extends ConfigFlags, OutputFlags, TargetFlag {
  readonly select?: readonly string[];
  readonly out?: string;
}

export const renderCommand: CommandDefinition<RenderFlags> = {
  help: `
Fills in defaults, templates, selectors, merge keys, variables, the overrides of
the target, and the monitors of an openWebUI block. A comment at each object
names the places that it comes from. \${env:…} and \${file:…} stay as they are,
and no value of them is read. What stands in the files themselves is printed,
even a password.

The result is a configuration that says the same, without your comments.

Examples:
  kuma-sync render                            monitors.yaml in this folder
  kuma-sync render monitors/ --target prod
  kuma-sync render --select "web-*"           only these objects
  kuma-sync render --out rendered.yaml        its paths start in its own folder
  kuma-sync render --format json | jq .monitors

Exit codes: 0 rendered, 3 invalid configuration.
`,
  declare: (command) =>
    addTextFlags(
      addFormat(
        addTargetFlag(
          addConfigFlags(
            addFileArguments(command)
              .option("--select <key>", "only these: monitor/api, or a pattern such as web-*; may be repeated", addText)
              .option("--out <file>", "where to write it (default: stdout); never one of the files that are read"),
          ),
        ),
      ),
    ),
  run: runRender,
};

const formats = ["yaml", "json"];

/** YAML is what a person reads, so that it has the name "human" for everything else. */
function addFormat(command: Command): Command {
  return command.optionsGroup("Output:").addOption(
    new Option("--format <format>", "of the configuration")
      .choices(formats)
      .default("human", "yaml")
      .argParser((text: string) => {
        if (!formats.includes(text)) throw new InvalidArgumentError(`Allowed choices are ${formats.join(", ")}.`);
        return text === "json" ? "json" : "human";
      }),
  );
}

async function runRender(run: Run<RenderFlags>): Promise<Outcome> {
  const { context, terminal, flags } = run;
  const { out, select = [] } = flags;
  checkOutputPaths(context, [out]);
  const opened = await openConfiguration(run);
  const target = chosenTarget([...opened.targets.keys()], flags);
  const config = await resolveForTarget(run, opened, { target, secrets: "withheld" });
  if (hasErrors(config.findings)) return refuseInvalid(run, config, config.findings);
  if (out !== undefined) refuseOwnFile(out, config, context.cwd);
  const rendered = renderSelected(config, select, out === undefined ? context.cwd : dirname(resolve(context.cwd, out)));
  const text = terminal.isJson ? renderedJson(rendered) : renderedYaml(rendered);
  if (out !== undefined) {
    await context.whileWriting(() => writeOver(context, out, text));
    terminal.note(`Wrote ${plural(rendered.objects.length, "object")} to ${out}.\n`);
  } else if (terminal.isJson) terminal.printRendered(text);
  else terminal.printVerbatim(text);
  return { type: "done" };
}

/** What a target lays over the objects is a part of them, so there has to be one. */
function chosenTarget(names: readonly string[], { target: [wanted] = [] }: RenderFlags): string | undefined {
  if (wanted !== undefined && !names.includes(wanted)) {
    const known = names.length === 0 ? "the configuration has no targets" : `known are ${names.join(", ")}`;
    throw new UsageError(`there is no target "${wanted}"`, known);
  }
  if (wanted !== undefined || names.length < 2) return wanted ?? names[0];
  throw new UsageError(
    `the configuration has ${names.length} targets, and none was chosen`,
    `give --target ${names.join(" or --target ")}`,
  );
}

/** What a person wrote there would be lost: comments, templates, and what stands in other files. */
function refuseOwnFile(out: string, { sources }: Config, cwd: string): void {
  const path = resolve(cwd, out);
  if (![...sources.keys()].some((file) => resolve(cwd, file) === path)) return;
  throw new UsageError(`"${out}" is one of the files that are read`, "give --out a name of its own");
}

function renderSelected(config: Config, select: readonly string[], folder: string): RenderedConfiguration {
  const unmatched = select.find((pattern) => !config.entities.some(({ key }) => isSelectedBy([pattern], { key })));
  if (unmatched !== undefined) {
    throw new UsageError(`no declared object matches "${unmatched}"`, "write a key such as monitor/api, or a pattern");
  }
  const result = renderConfig(config, kinds, {
    folder,
    isSelected: (key) => select.length === 0 || isSelectedBy(select, { key }),
  });
  if ("rendered" in result) return result.rendered;
  throw cannotRender(result.unwritable);
}

function cannotRender([first, ...others]: readonly Unwritable[]): UsageError {
  const field = pointerParts(first?.pointer ?? "").join(".");
  const more = others.length === 0 ? "" : ` (and ${others.length} more like it)`;
  return new UsageError(
    `"${field}" of ${first?.key} is calculated from a value of \${env:…} or \${file:…}${more}`,
    "write that value in the file, or take it from ${var:…}",
  );
}
