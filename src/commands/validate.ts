/** `validate`: everything that can be known without a server. */
import type { Config } from "../config/config.ts";
import type { KindName } from "../model/entity.ts";
import type { Outcome } from "../model/exit-code.ts";
import { hasErrors } from "../model/finding.ts";
import { joinWords, plural } from "../output/human/layout.ts";
import { createDocument, findingsBody } from "../output/json.ts";
import { findingsText, readConfiguration } from "./configuration.ts";
import type { Context } from "./context.ts";
import type { ConfigFlags, OutputFlags } from "./flags.ts";
import { createTerminal } from "./terminal.ts";

export type ValidateFlags = ConfigFlags & OutputFlags;

export async function runValidate(context: Context, flags: ValidateFlags): Promise<Outcome> {
  const terminal = createTerminal(context, flags);
  const config = await readConfiguration(flags, context);
  const { findings } = config;
  const outcome: Outcome = hasErrors(findings) ? { type: "invalid" } : { type: "done" };
  terminal.print(findingsText(config, findings, terminal.out));
  if (outcome.type === "done") terminal.print(`${terminal.out.style.green("Valid:")} ${describeConfig(config)}.\n`);
  terminal.printDocument(createDocument("findings", outcome, findingsBody(findings)));
  return outcome;
}

/** `12 monitors, 1 notification and 2 tags in project open-webui` */
function describeConfig({ project, entities }: Config): string {
  const count = (kind: KindName): number => entities.filter((entity) => entity.kind === kind).length;
  const counts = [
    plural(count("monitor"), "monitor"),
    ...(count("notification") > 0 ? [plural(count("notification"), "notification")] : []),
    ...(count("tag") > 0 ? [plural(count("tag"), "tag")] : []),
  ];
  return `${joinWords(counts)} in project ${project}`;
}
