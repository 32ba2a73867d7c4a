/** Which models a block asks for an answer, and how often. */
import { durationPattern, secondsOf } from "../../model/duration.ts";
import { pointerTo, type JsonObject, type JsonPointer } from "../../model/json.ts";
import type { NamedModel } from "./model-keys.ts";
import { spreadIntervals } from "./spread-intervals.ts";

/** By model id, or `*` for all. `false` means no completion. */
export type WrittenCompletions = false | Readonly<Record<string, false | WrittenCompletion>>;

export interface WrittenCompletion {
  readonly interval?: number | string;
  readonly timeout?: number | string;
  readonly maxTokens?: number;
}

const duration = {
  type: ["number", "string"],
  exclusiveMinimum: 0,
  pattern: durationPattern,
} as const;

/** JSON Schema 2020-12 of `completions`. The texts say what the service takes where nothing is written. */
export function completionsSchema(texts: {
  readonly interval: string;
  readonly timeout: string;
  readonly maxTokens: string;
  /** Seconds. */
  readonly usualInterval: number;
  readonly examples: readonly (JsonObject | false)[];
}): JsonObject {
  const completion = {
    type: "object",
    additionalProperties: false,
    properties: {
      interval: {
        ...duration,
        title: "Interval",
        description: texts.interval,
        default: texts.usualInterval,
        examples: ["15m"],
      },
      timeout: { ...duration, title: "Timeout", description: texts.timeout, examples: ["120s"] },
      maxTokens: { type: "integer", minimum: 1, title: "Tokens", description: texts.maxTokens, examples: [512] },
    },
  };
  return {
    anyOf: [
      { type: "boolean", const: false },
      { type: "object", additionalProperties: { anyOf: [{ type: "boolean", const: false }, completion] } },
    ],
    title: "Completions",
    description:
      "Each model is asked for an answer. Here by model id, or `*` for all of them: how often and how long, or false " +
      "for none. false in place of the whole: no completions at all.",
    examples: texts.examples,
  };
}

export interface PlannedCompletion<Model extends NamedModel> {
  readonly model: Model;
  /** The settings for this model, laid over those for all models. */
  readonly written: WrittenCompletion;
  /** As written, or in seconds. */
  readonly interval: number | string;
  /** Where the model's own interval is written; the others share one, and are spread. */
  readonly intervalAt?: JsonPointer;
}

/** `usualInterval`: seconds between two completions of a model, where the block says nothing. */
export function plannedCompletions<Model extends NamedModel>(
  models: readonly Model[],
  completions: WrittenCompletions | undefined,
  usualInterval: number,
): readonly PlannedCompletion<Model>[] {
  const wanted = wantedCompletions(models, completions);
  const own = wanted.flatMap(({ ownInterval }) => (ownInterval === undefined ? [] : (secondsOf(ownInterval) ?? [])));
  const shared = wanted.filter(({ ownInterval }) => ownInterval === undefined);
  const base = secondsOf(shared[0]?.written.interval ?? usualInterval) ?? usualInterval;
  const spread = spreadIntervals(base, shared.length, own);
  return wanted.map((completion) => {
    const { model, written, ownInterval } = completion;
    if (ownInterval === undefined) return { model, written, interval: spread[shared.indexOf(completion)] ?? base };
    return { model, written, interval: ownInterval, intervalAt: pointerTo("completions", model.id, "interval") };
  });
}

interface WantedCompletion<Model> extends Pick<PlannedCompletion<Model & NamedModel>, "written"> {
  readonly model: Model;
  /** The model's own interval, which is not changed. */
  readonly ownInterval: WrittenCompletion["interval"];
}

function wantedCompletions<Model extends NamedModel>(
  models: readonly Model[],
  completions: WrittenCompletions | undefined,
): readonly WantedCompletion<Model>[] {
  if (completions === false) return [];
  const forAll = completions?.["*"];
  return models.flatMap((model) => {
    const own = completions !== undefined && Object.hasOwn(completions, model.id) ? completions[model.id] : undefined;
    if (own === false || (own === undefined && forAll === false)) return [];
    const written = { ...(forAll === false ? {} : forAll), ...own };
    return [{ model, written, ownInterval: own?.interval }];
  });
}
