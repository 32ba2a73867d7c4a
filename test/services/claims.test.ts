/** What a service's page claims of its monitors is what Uptime Kuma's rules make of the answers of the real service. */
import { afterAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { openLab } from "../../src/query/lab.ts";
import { expandBlock, type ExpandedBlock } from "../../src/services/blocks/expand-block.ts";
import { loadService, serviceTypes } from "../../src/services/services.ts";
import { builtChild } from "../query/built-child.ts";
import { recordedService } from "./claimed-answers.ts";
import { verdictOf } from "./verdict-of.ts";

const lab = openLab({ entry: builtChild() });
afterAll(() => lab.close());

describe.each(serviceTypes)("the claims of %s", async (type) => {
  const service = await loadService(type);
  const { checks, states } = service.claims;
  const { blocks, answers } = recordedService(type);
  const expanded = blocks.map((block) => expandBlock(service, "main", block));
  const problems = expanded.flatMap((one) => one.problems);
  const monitors = Object.assign({}, ...expanded.map((one) => one.monitors)) as ExpandedBlock["monitors"];
  /** The first monitor of each check. */
  const monitorOf = (check: string): JsonObject | undefined =>
    Object.entries(monitors).find(([key]) => key === `main.${check}` || key.startsWith(`main.${check}.`))?.[1].written;

  it("are about monitors that the block makes, and about states that were recorded", () => {
    expect(problems).toEqual([]);
    expect(Object.keys(checks).filter((check) => monitorOf(check) === undefined)).toEqual([]);
    const made = Object.keys(monitors).map((key) => key.split(".")[1] ?? "");
    expect(made.filter((check) => check !== "" && !Object.hasOwn(checks, check))).toEqual([]);
    const known = new Set(answers.map(({ state }) => state));
    expect(states.filter(({ id }) => !known.has(id)).map(({ id }) => id)).toEqual([]);
    const named = states.flatMap(({ seenBy, untried = [] }) => [...seenBy, ...untried]);
    expect(named.filter((check) => !Object.hasOwn(checks, check))).toEqual([]);
  });

  const cases = states.flatMap((state) => Object.keys(checks).map((check) => [check, state.id, state] as const));

  it.each(cases)("%s in the state %s", async (check, id, { seenBy, untried = [] }) => {
    const given = answers.filter(
      ({ state, name }) => state === id && (name === "any" || checks[check]?.samples.includes(name) === true),
    );
    expect(given.length > 0).toBe(!untried.includes(check));
    const verdicts = await Promise.all(given.map((one) => verdictOf(lab, monitorOf(check) ?? {}, one)));
    expect(verdicts).toEqual(given.map(() => (seenBy.includes(check) ? "down" : "up")));
  });
});
