/**
 * Ways to break a provider behind Open WebUI, each with the monitors of the preset that see it. The test with a real Open WebUI
 * and a real Uptime Kuma holds this table (providers.open-webui.test.ts).
 */
import { faultsOf, modelMissing, quotaUsedUp, runnerDied, type Fault, type SharedFault } from "./faults.ts";
import type { Condition } from "./provider.ts";
import type { Message, ProviderKind } from "./replies.ts";

/** The monitors of the preset, without the key of their block. */
export const watched = [
  "health",
  "ready",
  "volume",
  "model.gpt-4o-mini",
  "model.llama3.1-latest",
  "provider.openai",
  "provider.ollama",
  "completion.gpt-4o-mini",
  "completion.llama3.1-latest",
] as const;
export type Watched = (typeof watched)[number];

export interface ProviderMode {
  readonly name: string;
  readonly conditions: Readonly<Partial<Record<ProviderKind, Condition>>>;
  /** The monitors that go down; the others stay up. */
  readonly down: readonly Watched[];
}

const modelOf = { openai: "gpt-4o-mini", ollama: "llama3.1-latest" } as const;
const completionOf = (kind: ProviderKind): readonly Watched[] => [`completion.${modelOf[kind]}`];
/** A model that its provider does not list is refused before the provider is asked for a completion. */
const listOf = (kind: ProviderKind): readonly Watched[] => [
  `model.${modelOf[kind]}`,
  `provider.${kind}`,
  ...completionOf(kind),
];

const listFaults = [
  "401",
  "403",
  "429",
  "500",
  "502-html",
  "login-page-200",
  "error-200",
  "not-json",
  "null",
  "drop",
  "hang",
  "cut",
] as const;
const completionFaults = [
  "401",
  "429",
  "500",
  "500-text",
  "502-html",
  "503",
  "login-page-200",
  "error-200",
  "not-json",
  "no-body",
  "null",
  "drop",
  "hang",
  "cut",
] as const satisfies readonly SharedFault[];

const kinds = ["openai", "ollama"] as const;
const broken = (name: string, kind: ProviderKind, condition: Condition, down: readonly Watched[]): ProviderMode => ({
  name: `${kind} ${name}`,
  conditions: { [kind]: condition },
  down,
});
const failingCompletion = (name: string, kind: ProviderKind, completion: Fault): ProviderMode =>
  broken(`completion ${name}`, kind, { completion }, completionOf(kind));
const saying = (name: string, kind: ProviderKind, message: Message): ProviderMode =>
  broken(`completion ${name}`, kind, { message }, completionOf(kind));

export const brokenModes: readonly ProviderMode[] = [
  ...kinds.flatMap((kind) => [
    broken("gone", kind, { isGone: true }, listOf(kind)),
    ...listFaults.map((name) => broken(`list ${name}`, kind, { list: faultsOf(kind)[name] }, listOf(kind))),
    broken("list empty", kind, { models: [] }, listOf(kind)),
    broken("list without the model", kind, { models: ["another"] }, listOf(kind)),
    ...completionFaults.map((name) => failingCompletion(name, kind, faultsOf(kind)[name])),
    failingCompletion("of a missing model", kind, modelMissing[kind]),
    saying("without text", kind, { content: "" }),
    saying("without a choice", kind, { content: "", hasChoice: false }),
    saying("UNHEALTHY", kind, { content: "UNHEALTHY" }),
    saying("cut off while thinking", kind, { content: "<think>\nThe user wants the word HEALTHY, so I" }),
  ]),
  saying("with null as text", "openai", { content: null }),
  saying("refused", "openai", { content: null, refusal: "I'm sorry, I can't help with that." }),
  failingCompletion("quota used up", "openai", quotaUsedUp),
  failingCompletion("runner died", "ollama", runnerDied),
  {
    name: "both gone",
    conditions: { openai: { isGone: true }, ollama: { isGone: true } },
    // The model list is the last good one (docs/upstream/open-webui.md#when-providers-are-down).
    down: ["provider.openai", "provider.ollama", ...completionOf("openai"), ...completionOf("ollama")],
  },
];

/** Not broken: every monitor stays up. */
export const healthyModes: readonly ProviderMode[] = [
  { name: "both healthy", conditions: {}, down: [] },
  ...kinds.flatMap((kind) => [
    broken("list slow", kind, { list: faultsOf(kind).slow }, []),
    broken("completion slow", kind, { completion: faultsOf(kind).slow }, []),
    broken("thinks aloud", kind, { message: { content: "<think>\nHEALTHY?\n</think>\n\nHEALTHY" } }, []),
    broken("answers as another model", kind, { answeringModel: "another" }, []),
  ]),
  broken(
    "reasons beside the text",
    "openai",
    { message: { content: "HEALTHY", reasoning_content: "Short word." } },
    [],
  ),
  broken("thinks beside the text", "ollama", { message: { content: "HEALTHY", thinking: "Short word." } }, []),
  broken("version 500", "ollama", { version: faultsOf("ollama")["500"] }, []),
];
