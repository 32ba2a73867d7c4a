/** The input for testing a monitor, and helpers that the tests and the experiment share. */
import type { DeclaredEntity } from "../config/config.ts";
import { askedQuery } from "../config/asked-query.ts";
import { isHidden, isWithheld } from "../config/entity-finding.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { QueryRule } from "../query/check.ts";
import type { ExperimentSetup } from "../query/experiment/experiment-report.ts";
import type { Sample } from "../query/experiment/experiment-case.ts";
import type { QueryLab } from "../query/lab.ts";
import { isComputedFromSecret } from "../secrets/computed-message.ts";

/** UTF-16 units of a message that quotes a response from a file; enough to see the problem. */
export const longestFromFile = 80;

export const placeholderWords = "tested with a placeholder";
export const placeholderHint = "no secret is read: --with-secrets tests it with the value";

export interface TestInput {
  readonly entity: DeclaredEntity;
  /** Canonical. */
  readonly spec: JsonObject;
  /** A healthy response: the written sample, an answer that was just fetched, or a built-in sample. */
  readonly sample: Sample | undefined;
  /** Responses that are known to be bad. */
  readonly badSamples?: ExperimentSetup["badSamples"];
  /** Whether real answers may have fields that the sample lacks. Missing fields are then not reported. */
  readonly hasOtherShapes?: boolean;
  /** The sample is built in but the query is the user's own, which may need fields of the real answer. */
  readonly isGuess?: boolean;
  /** At least one Uptime Kuma version. The first one is reported on, and the others are compared with it. */
  readonly servers: readonly [string, ...string[]];
  readonly lab: QueryLab;
  /** The current time in milliseconds since 1970. */
  readonly clock: number;
}

/** The time of the sample: its `at`, or now. */
export function momentOf({ entity, clock }: Pick<TestInput, "entity" | "clock">): number {
  return entity.tests?.sample?.at ?? clock;
}

/** What all tests and the experiment depend on, besides the response. */
const testedPlaces = ["/jsonPath", "/expectedValue", "/keyword", "/sample"] as const;

export function isTestedWithheld(entity: DeclaredEntity): boolean {
  return testedPlaces.some((pointer) => isWithheld(entity, pointer));
}

/** Whether what the tests print could be worked out from a secret: the sample is one, or the query or keyword is. */
export function dependsOnSecret(entity: DeclaredEntity): boolean {
  return isHidden(entity, "/sample") || isComputedFromSecret((pointer) => isHidden(entity, pointer));
}

export function ruleOf(spec: JsonObject): QueryRule {
  return {
    query: textOf(spec["jsonPath"]),
    operator: textOf(spec["jsonPathOperator"]),
    expected: textOf(spec["expectedValue"]),
    askedBy: askedQuery(textOf(spec["type"]) ?? undefined, spec).askedBy,
  };
}

export function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}
