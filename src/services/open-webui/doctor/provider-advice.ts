/** What is wrong with the providers of the wanted models, one piece of advice for each kind. */
import { isJsonObject } from "../../../model/json.ts";
import { guessProvider } from "../block/watched-model.ts";
import { sinceOf } from "../facts/facts-by-release.ts";
import { connectionsMenu } from "../facts/menus.ts";
import type { ListedModel } from "../requests/listed-models.ts";
import type { Advice } from "../../diagnosis.ts";
import type { ModelAnswers, ModelFinding } from "./model-answers.ts";

export type ProviderKind = "openai" | "ollama";

interface ProviderInput {
  readonly visible: readonly ListedModel[];
  readonly byModel: readonly { readonly id: string; readonly found: ModelFinding }[];
  /** Whether completions are asked for too. */
  readonly wantsCompletions: boolean;
}

const names = { openai: "an OpenAI-type provider", ollama: "Ollama" } as const;
const settings = { openai: "the OpenAI API", ollama: "the Ollama API" } as const;

export function providerAdvice(
  answers: ModelAnswers,
  { visible, byModel, wantsCompletions }: ProviderInput,
): readonly Advice[] {
  const ofKind = (["openai", "ollama"] as const).flatMap((provider): readonly Advice[] => {
    const idsWith = (wanted: ModelFinding): readonly string[] =>
      byModel
        .filter(({ id, found }) => {
          const listed = visible.find((model) => model.id === id)?.provider ?? guessProvider(id);
          return found === wanted && listed === provider;
        })
        .map(({ id }) => id);
    const down = idsWith("provider-down");
    const off = idsWith("switched-off");
    const manual = idsWith("manual");
    return [
      ...(down.length > 0 ? [providerDown(provider, down, visible)] : []),
      ...(off.length > 0 ? [switchedOff(provider, off)] : []),
      ...(manual.length > 0 ? [manualIds(manual, wantsCompletions)] : []),
    ];
  });
  return isVersionFailing(answers) ? [...ofKind, versionFailed] : ofKind;
}

function providerDown(provider: ProviderKind, ids: readonly string[], visible: readonly ListedModel[]): Advice {
  const isSeen = ids.some((id) => visible.some((model) => model.id === id));
  return {
    code: "provider-down",
    severity: "error",
    message: `${names[provider]} does not answer Open WebUI: ${ids.join(", ")}`,
    steps: [
      `see ${connectionsMenu}, and whether the provider runs`,
      ...(isSeen
        ? [`the model list still shows them: from ${sinceOf("stale-model-list")} on it repeats the last good one`]
        : []),
    ],
  };
}

function switchedOff(provider: ProviderKind, ids: readonly string[]): Advice {
  return {
    code: "provider-switched-off",
    severity: "error",
    message: `${settings[provider]} is switched off in Open WebUI: ${ids.join(", ")}`,
    steps: [`as an administrator, switch it on: ${connectionsMenu}`],
  };
}

/** Such a connection is never asked for its list (docs/upstream/open-webui.md#when-providers-are-down). */
function manualIds(ids: readonly string[], wantsCompletions: boolean): Advice {
  return {
    code: "manual-model-ids",
    severity: "warning",
    message: `the connection of ${ids.join(", ")} has model ids that were written by hand: Open WebUI lists them without asking the provider`,
    steps: [
      "only a completion notices that this provider is dead: keep `completions` on for such a model",
      ...(wantsCompletions ? [] : ["to see now whether it answers, run this again with --completions"]),
    ],
  };
}

/** From 0.10.2 on, the list says so; the version of Ollama is false on every release. */
export function isSwitchedOff(answers: ModelAnswers, provider: ProviderKind): boolean {
  const list = answers[provider];
  if (list.type === "json" && list.status === 503) return true;
  const { ollamaVersion: told } = answers;
  return provider === "ollama" && told.type === "json" && isJsonObject(told.json) && told.json["version"] === false;
}

/** The list works, so it is neither the database nor the key. */
function isVersionFailing({ models, ollamaVersion }: ModelAnswers): boolean {
  return ollamaVersion.type === "text" && ollamaVersion.status === 500 && models.type === "json";
}

const versionFailed: Advice = {
  code: "ollama-version-failed",
  severity: "warning",
  message: "Open WebUI cannot read the version of an Ollama: it answers, but not with a version",
  steps: [`see whether something else answers at its address: ${connectionsMenu}`],
};
