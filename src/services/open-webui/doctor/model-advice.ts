/** Explains why a model is not listed, or is listed and cannot answer. */
import { guessProvider } from "../block/watched-model.ts";
import type { Advice } from "./advice.ts";
import { detailOf } from "../requests/refusal.ts";
import type { ServiceAnswer } from "../requests/ask.ts";
import { listedModels, liveIds, type ListedModel } from "../requests/listed-models.ts";

/** The answers about models. They were asked with the key, so each shows what its account may see. */
export interface ModelAnswers {
  readonly models: ServiceAnswer;
  readonly openai: ServiceAnswer;
  readonly ollama: ServiceAnswer;
  /** /openai/models/0 and /ollama/api/version do not depend on grants, so their failures come from the provider. */
  readonly openaiAlive: ServiceAnswer;
  readonly ollamaAlive: ServiceAnswer;
}

/** Empty if /api/models itself was refused; key-advice.ts explains that. */
export function modelAdvice(answers: ModelAnswers, wanted: readonly string[]): readonly Advice[] {
  const visible = listedModels(answers.models);
  if (visible === undefined) return [];
  const byModel = wanted.map((id) => ({ id, advice: adviceFor(id, visible, answers) }));
  const down = providersDown(answers, byModel);
  const isBare = visible.every(({ isArena }) => isArena);
  return [
    ...(isBare && down.length === 0 ? [noModelVisible] : []),
    ...down,
    ...byModel.flatMap(({ advice }) => (advice === undefined || advice === "provider-down" ? [] : [advice])),
  ];
}

type ModelFinding = Advice | "provider-down" | undefined;

function adviceFor(id: string, visible: readonly ListedModel[], answers: ModelAnswers): ModelFinding {
  const listed = visible.find((model) => model.id === id);
  if (listed !== undefined) {
    if (listed.provider === "none") return undefined;
    const live = liveIds(answers[listed.provider], listed.provider);
    return live !== undefined && !live.has(id) ? "provider-down" : undefined;
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
  if (isDown(answers, guessProvider(id))) return "provider-down";
  const near = visible.filter((model) => isNear(model.id, id)).map((model) => model.id);
  return {
    code: "model-not-granted",
    severity: "error",
    message: `the account does not see the model "${id}"`,
    steps: [
      ...(near.length > 0 ? [`see whether it is one of these: ${near.join(", ")}`] : []),
      "as an administrator, open Admin Panel > Settings > Models, save the model once, and give a group of the account read access",
    ],
  };
}

function isNear(left: string, right: string): boolean {
  return plain(left).includes(plain(right)) || plain(right).includes(plain(left));
}

function plain(id: string): string {
  return id.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
}

function isDown(answers: ModelAnswers, provider: "openai" | "ollama"): boolean {
  const answer = provider === "openai" ? answers.openaiAlive : answers.ollamaAlive;
  return answer.type === "json" && answer.status === 500 && detailOf(answer) !== "";
}

const noModelVisible: Advice = {
  code: "no-model-visible",
  severity: "error",
  message: "the account sees no model at all",
  steps: [
    "an account with the role user sees only models that were granted to it or to everybody, and a new one none",
    "as an administrator, open Admin Panel > Settings > Models and give a group of the account read access",
  ],
};

const names = { openai: "an OpenAI-type provider", ollama: "Ollama" } as const;

function providersDown(
  answers: ModelAnswers,
  byModel: readonly { readonly id: string; readonly advice: ModelFinding }[],
): readonly Advice[] {
  const visible = listedModels(answers.models) ?? [];
  return (["openai", "ollama"] as const).flatMap((provider): readonly Advice[] => {
    const ids = byModel
      .filter(({ id, advice }) => {
        const listed = visible.find((model) => model.id === id)?.provider ?? guessProvider(id);
        return advice === "provider-down" && listed === provider;
      })
      .map(({ id }) => id);
    if (ids.length === 0) return [];
    const isSeen = ids.some((id) => visible.some((model) => model.id === id));
    return [
      {
        code: "provider-down",
        severity: "error",
        message: `${names[provider]} does not answer Open WebUI: ${ids.join(", ")}`,
        steps: [
          "see Admin Panel > Settings > Connections, and whether the provider runs",
          ...(isSeen ? ["the model list still shows them: from 0.10.0 on it repeats the last good one"] : []),
        ],
      },
    ];
  });
}
