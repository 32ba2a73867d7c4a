/** Explains why a model is not listed, or is listed and cannot answer. */
import { guessProvider } from "../block/watched-model.ts";
import { connectionsMenu, modelsMenu } from "../facts/menus.ts";
import type { ServiceAnswer } from "../../requests/ask.ts";
import { listedModels, liveModels, type ListedModel } from "../requests/listed-models.ts";
import type { Advice } from "../../diagnosis.ts";
import type { ModelAnswers, ModelFinding, ModelRight } from "./model-answers.ts";
import { isSwitchedOff, providerAdvice, type ProviderKind } from "./provider-advice.ts";

/** Empty if /api/models itself was refused; key-advice.ts explains that. */
export function modelAdvice(
  answers: ModelAnswers,
  wanted: readonly string[],
  {
    rights,
    wantsCompletions,
  }: { readonly rights: ReadonlyMap<string, ModelRight>; readonly wantsCompletions: boolean },
): readonly Advice[] {
  const visible = listedModels(answers.models);
  if (visible === undefined) return [];
  const byModel = wanted.map((id) => ({ id, found: findingFor(id, visible, { answers, rights }) }));
  const ofProviders = providerAdvice(answers, { visible, byModel, wantsCompletions });
  const isBare = visible.every(({ isArena }) => isArena);
  const isExplained =
    ofProviders.some(({ severity }) => severity === "error") || [...rights.values()].includes("granted");
  return [
    ...(isBare && !isExplained ? [noModelVisible] : []),
    ...ofProviders,
    ...byModel.flatMap(({ found }) => (typeof found === "object" ? [found] : [])),
  ];
}

function findingFor(
  id: string,
  visible: readonly ListedModel[],
  about: { readonly answers: ModelAnswers; readonly rights: ReadonlyMap<string, ModelRight> },
): ModelFinding {
  const { answers, rights } = about;
  const listed = visible.find((model) => model.id === id);
  if (listed !== undefined) {
    if (listed.provider === "none") return undefined;
    const live = liveModels(answers[listed.provider], listed.provider);
    if (live === undefined) return isSwitchedOff(answers, listed.provider) ? "switched-off" : undefined;
    const own = live.find((model) => model.id === id);
    if (own === undefined) return "provider-down";
    return own.isManual ? "manual" : undefined;
  }
  const tagged = visible.filter((model) => model.id.startsWith(`${id}:`)).map((model) => model.id);
  if (tagged.length > 0) {
    return {
      code: "model-without-tag",
      severity: "error",
      message: `there is no model "${id}": an Ollama model's id carries its tag`,
      steps: [`write ${tagged.map((other) => `"${other}"`).join(" or ")}`],
    };
  }
  const provider: ProviderKind = guessProvider(id);
  if (isSwitchedOff(answers, provider)) return "switched-off";
  const right = rights.get(id) ?? "unknown";
  if (right === "not-granted" || right === "without-row") return notGranted(id, right, visible);
  if (provider === "ollama" && isUnreachable(answers.ollamaVersion)) return "provider-down";
  return right === "granted" ? notListed(id) : notSeen(id, visible);
}

function notGranted(id: string, right: "not-granted" | "without-row", visible: readonly ListedModel[]): Advice {
  return {
    code: "model-not-granted",
    severity: "error",
    message:
      right === "not-granted"
        ? `the account may not read the model "${id}"`
        : `the account may not read the model "${id}": nobody was granted it, or there is no model of that id`,
    steps: [
      ...nearSteps(id, visible),
      `as an administrator, open ${modelsMenu}, save the model once, and give a group of the account read access`,
    ],
  };
}

function notListed(id: string): Advice {
  return {
    code: "model-not-listed",
    severity: "error",
    message: `the account may read the model "${id}", but no provider lists it now`,
    steps: [
      `see whether its provider runs and has the model: ${connectionsMenu}`,
      `and whether the model is switched on: ${modelsMenu}`,
    ],
  };
}

/** The key of a user cannot tell which it is where keys are limited to a list of endpoints. */
function notSeen(id: string, visible: readonly ListedModel[]): Advice {
  return {
    code: "model-not-seen",
    severity: "error",
    message: `the account does not see the model "${id}": it is not granted, or its provider does not list it; this key cannot tell`,
    steps: [
      ...nearSteps(id, visible),
      `as an administrator, see whether ${modelsMenu} shows the model: if so, give a group of the account read access`,
      `if not, see whether its provider runs and has the model: ${connectionsMenu}`,
    ],
  };
}

function nearSteps(id: string, visible: readonly ListedModel[]): readonly string[] {
  const near = visible.filter((model) => isNear(model.id, id)).map((model) => model.id);
  return near.length > 0 ? [`see whether it is one of these: ${near.join(", ")}`] : [];
}

function isNear(left: string, right: string): boolean {
  return plain(left).includes(plain(right)) || plain(right).includes(plain(left));
}

function plain(id: string): string {
  return id.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
}

/** Every Ollama is down. A failure in plain text comes from an Ollama that answers something else. */
function isUnreachable(answer: ServiceAnswer): boolean {
  return answer.type === "json" && answer.status === 500;
}

const noModelVisible: Advice = {
  code: "no-model-visible",
  severity: "error",
  message: "the account sees no model at all",
  steps: [
    "an account with the role user sees only models that were granted to it or to everybody, and a new one none",
    `as an administrator, open ${modelsMenu} and give a group of the account read access`,
    `if the models are granted, see whether their providers run: ${connectionsMenu}`,
  ],
};
