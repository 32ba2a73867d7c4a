import type { EntityRule } from "./rule.ts";

/** A query that uses the clock judges an old sample as old. */
export const sampleTime: EntityRule = {
  name: "sample-time",
  kind: "monitor",
  checkEach({ variant, written, tests }) {
    const queries = variant.queries?.(written) ?? [];
    if (tests?.sample === undefined || tests.sample.at !== undefined) return [];
    if (!queries.some(({ text }) => /\$(?:now|millis)\s*\(/u.test(text))) return [];
    return [
      {
        code: "KS1561",
        severity: "warning",
        message: "the query asks the clock, and the sample has no time: it gets older with every day",
        hint: 'write at: in the sample, the time at which it was healthy, such as "2026-11-01T10:00:40Z"',
        pointer: "/sample",
        isAboutKey: true,
      },
    ];
  },
};
