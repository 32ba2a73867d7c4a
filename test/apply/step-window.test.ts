import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { runWindow, type Task } from "../../src/apply/step-window.ts";

interface Node {
  readonly key: number;
  readonly dependsOn: readonly number[];
  readonly fails: boolean;
  readonly turns: number;
}

/** A random graph whose tasks need only tasks before them, and take a random number of turns of the event loop. */
const graph: fc.Arbitrary<readonly Node[]> = fc
  .array(fc.record({ needs: fc.array(fc.nat(30), { maxLength: 3 }), fails: fc.boolean(), turns: fc.nat(4) }), {
    maxLength: 30,
  })
  .map((nodes) =>
    nodes.map(({ needs, fails, turns }, key) => ({
      key,
      dependsOn: [...new Set(needs.filter((other) => other < key))],
      fails: fails && key % 3 === 0,
      turns,
    })),
  );

async function run(nodes: readonly Node[], { size, stopAfter }: { readonly size: number; readonly stopAfter: number }) {
  const started: number[] = [];
  const finished: number[] = [];
  const skipped: number[] = [];
  let under = 0;
  let most = 0;
  const tasks: Task<number, boolean>[] = nodes.map(({ key, dependsOn, fails, turns }) => ({
    key,
    dependsOn,
    run: async () => {
      expect(dependsOn.every((other) => finished.includes(other))).toBe(true);
      started.push(key);
      under += 1;
      most = Math.max(most, under);
      for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
      under -= 1;
      finished.push(key);
      return !fails;
    },
  }));
  await runWindow(tasks, {
    size,
    isFailure: (isGood) => !isGood,
    shouldStop: () => started.length >= stopAfter,
    onSkip: (key) => skipped.push(key),
  });
  return { started, finished, skipped, most };
}

describe("runWindow", () => {
  test("every task ends once: it ran, or a task it needs failed", async () => {
    await fc.assert(
      fc.asyncProperty(graph, fc.integer({ min: 1, max: 5 }), async (nodes, size) => {
        const { started, finished, skipped, most } = await run(nodes, {
          size,
          stopAfter: Number.POSITIVE_INFINITY,
        });
        expect(most).toBeLessThanOrEqual(size);
        expect(finished.length).toBe(started.length);
        expect([...started, ...skipped].toSorted((a, b) => a - b)).toEqual(nodes.map(({ key }) => key));
        const isBroken = (key: number): boolean => {
          const node = nodes[key] as Node;
          return node.dependsOn.some((other) => (nodes[other] as Node).fails || isBroken(other));
        };
        for (const { key } of nodes) expect(skipped.includes(key)).toBe(isBroken(key));
      }),
      { numRuns: 200 },
    );
  });

  test("once stopped, nothing is started and what is under way is awaited", async () => {
    await fc.assert(
      fc.asyncProperty(graph, fc.integer({ min: 1, max: 5 }), fc.nat(10), async (nodes, size, stopAfter) => {
        const { started, finished, skipped } = await run(nodes, { size, stopAfter });
        expect(started.length).toBeLessThanOrEqual(stopAfter);
        expect(finished.length).toBe(started.length);
        expect([...started, ...skipped].toSorted((a, b) => a - b)).toEqual(nodes.map(({ key }) => key));
      }),
      { numRuns: 200 },
    );
  });
});
