import { expect, it } from "vitest";
import { startJudgingLimit } from "../../src/testing/judging-limit.ts";

function start({ stoppedBefore = 0, monitors = 2 }: { stoppedBefore?: number; monitors?: number } = {}) {
  const state = { stopped: stoppedBefore, now: 1_000_000 };
  const whyEnd = startJudgingLimit({ lab: { stopped: () => state.stopped }, monitors, now: () => state.now });
  return { state, whyEnd };
}

it("judging ends after five stopped evaluations; those before it do not count", () => {
  const { state, whyEnd } = start({ stoppedBefore: 50 });
  expect(whyEnd()).toBeUndefined();
  state.stopped += 4;
  expect(whyEnd()).toBeUndefined();
  state.stopped += 1;
  expect(whyEnd()).toBe("5 evaluations of queries had to be stopped");
});

it.each([
  [2, 61],
  [5000, 2560],
])("judging of %s monitors ends after %s s", (monitors, seconds) => {
  const { state, whyEnd } = start({ monitors });
  state.now += seconds * 1000;
  expect(whyEnd()).toBeUndefined();
  state.now += 1;
  expect(whyEnd()).toBe(`judging has taken ${seconds} s`);
});
