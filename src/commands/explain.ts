/** `explain`: prints what a code, a monitor type, a notification provider, a kind or a field is. */
import { readFile } from "node:fs/promises";
import { plainName } from "../config/pasted/plain-name.ts";
import { packageFile } from "../documents/package-file.ts";
import { readSchema } from "../documents/published-schemas.ts";
import { kinds } from "../kinds/index.ts";
import { UsageError } from "../model/errors.ts";
import type { Outcome } from "../model/exit-code.ts";
import type { Explanation } from "../model/explanation.ts";
import { findingTitles } from "../model/finding-codes.ts";
import type { JsonObject } from "../model/json.ts";
import { blockerTitles } from "../model/plan.ts";
import { renderExplanation } from "../output/human/explanation.ts";
import { createDocument } from "../output/json.ts";
import type { CommandDefinition } from "../run/command.ts";
import { addFormatFlag } from "../run/declare-flags.ts";
import type { FormatFlag } from "../run/flags.ts";
import type { Run } from "../run/run.ts";
import type { Terminal } from "../run/terminal.ts";
import { explainConfiguration, explainSection } from "../workflows/explaining/explain-configuration.ts";
import {
  explainField,
  explainKey,
  explainKind,
  explainKinds,
  explainVariant,
} from "../workflows/explaining/explain-kind.ts";
import { explainService, explainServices, serviceCalled } from "../workflows/explaining/explain-service.ts";
import { findTopic, type Topic } from "../workflows/explaining/find-topic.ts";

interface ExplainFlags extends FormatFlag {
  readonly topic: readonly string[];
}

export const explainCommand: CommandDefinition<ExplainFlags> = {
  help: `
Examples:
  kuma-sync explain KS1505                    the page of a code; 1505 too
  kuma-sync explain types                     all monitor types
  kuma-sync explain http                      the fields of a type
  kuma-sync explain http timeout              one field
  kuma-sync explain notification              all notification providers
  kuma-sync explain notification smtp         the fields of a provider
  kuma-sync explain kinds                     what else can be managed
  kuma-sync explain configuration             the keys at the top level
  kuma-sync explain service ollama            a service, and its blind monitors
  kuma-sync explain                           every code and its title
`,
  declare: (command) =>
    addFormatFlag(command.argument("[topic...]", "a code, a type, a kind or a field (default: all codes)")),
  run: runExplain,
};

const titles: ReadonlyMap<string, string> = new Map(Object.entries({ ...findingTitles, ...blockerTitles }));
const done: Outcome = { type: "done" };
const codesTopic = { type: "codes" } as const;

/** Throws UsageError for words that it does not know. */
async function runExplain({ terminal, flags }: Run<ExplainFlags>): Promise<Outcome> {
  const { topic: words } = flags;
  const topic = words.length === 0 ? codesTopic : findTopic(words, { kinds, codes: [...titles.keys()] });
  if (topic.type === "codes") return printCodes(terminal);
  if (topic.type === "code") return printCode(topic.code, terminal);
  const explanation = await explain(topic, words);
  if (explanation !== undefined) {
    terminal.print(renderExplanation(explanation, terminal.out));
    terminal.printDocument(createDocument("explanation", done, explanation));
    return done;
  }
  const near = topic.type === "unknown" ? topic.near : undefined;
  const hint = near === undefined ? "" : `did you mean "kuma-sync explain ${near}"? `;
  const lists = "lists: kuma-sync explain codes, types, notification, kinds, services, configuration";
  throw new UsageError(`there is nothing called "${words.join(" ").slice(0, 40)}" to explain`, hint + lists);
}

async function explain(
  topic: Exclude<Topic, { readonly type: "code" | "codes" }>,
  words: readonly string[],
): Promise<Explanation | undefined> {
  if (words.length === 1 && words[0] === "services") return explainServices();
  const service = serviceCalled(words, topic.type === "unknown");
  if (service !== undefined) return explainService(service);
  switch (topic.type) {
    case "kinds":
      return explainKinds(kinds);
    case "configuration":
      return explainConfiguration(await configSchema());
    case "kind":
      return explainKind(topic.kind);
    case "variant":
      return explainVariant(topic, topic.others);
    case "field":
      return explainField(topic.name, topic.owners);
    case "unknown":
    default: {
      const word = words.length === 1 ? (words[0] ?? "") : "";
      return explainSection(word, await configSchema()) ?? explainKey(plainName(word), kinds);
    }
  }
}

async function configSchema(): Promise<JsonObject> {
  return JSON.parse(await readSchema("config")) as JsonObject;
}

function printCodes(terminal: Terminal): Outcome {
  terminal.print([...titles].map(([known, title]) => `${known}  ${title}\n`).join(""));
  const codes = [...titles].map(([known, title]) => ({ code: known, title }));
  terminal.printDocument(createDocument("codes", done, { codes }));
  return done;
}

async function printCode(code: string, terminal: Terminal): Promise<Outcome> {
  const text = await readFile(packageFile(`docs/findings/${code}.md`), "utf8");
  terminal.print(text);
  terminal.printDocument(createDocument("code", done, { code, title: titles.get(code) ?? "", text }));
  return done;
}
