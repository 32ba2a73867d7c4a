import type { Check } from "../check.ts";
import type { Engine, Expression } from "../engines.ts";

/** One jsonata release, with what was compiled for it. */
export interface Evaluator {
  /** The value of an expression over `input`; throws what jsonata throws. */
  evaluate(query: string | null, input: unknown, clock?: Check["clock"]): Promise<unknown>;
  /** Whether `left operator right` holds, by the comparison queries of Uptime Kuma 2.x. */
  compare(operator: OrderOperator, left: string, right: string): Promise<boolean>;
}

export const orderOperators = [">", ">=", "<", "<="] as const;
export type OrderOperator = (typeof orderOperators)[number];

const maxCompiled = 200;

export function createEvaluator(engine: Engine): Evaluator {
  const compiled = new Map<string, Expression>();

  function compile(query: string | null): Expression {
    // A NULL query is handed on as it is: the engine's own TypeError is what 1.23 shows.
    if (query === null) return engine(query as unknown as string);
    const known = compiled.get(query);
    if (known !== undefined) return known;
    if (compiled.size >= maxCompiled) compiled.clear();
    const expression = engine(query);
    compiled.set(query, expression);
    return expression;
  }

  /** `$now` takes a picture and a time zone: jsonata's own `$fromMillis` writes the frozen time. */
  function frozenBindings(clock: number): Readonly<Record<string, unknown>> {
    const names = ["t", "p", "z"];
    return {
      millis: () => clock,
      now: (...given: readonly unknown[]) => {
        const values = [clock, ...given.filter((value) => value !== undefined)];
        const list = values.map((_, index) => `$${names[index] as string}`).join(", ");
        const bindings = Object.fromEntries(values.map((value, index) => [names[index] as string, value]));
        return compile(`$fromMillis(${list})`).evaluate(undefined, bindings);
      },
    };
  }

  return {
    async evaluate(query, input, clock) {
      const expression = compile(query);
      // Bindings, even none, give each evaluation a frame of its own: before 2.2.2 variables would otherwise stay from
      // one to the next, which a server, compiling anew each time, never sees.
      if (clock === undefined) return await expression.evaluate(input, {});
      const random = Math.random;
      Math.random = () => 0.5;
      try {
        return await expression.evaluate(input, frozenBindings(clock));
      } finally {
        Math.random = random;
      }
    },
    async compare(operator, left, right) {
      const query = `$number($.value) ${operator} $number($.expected)`;
      return (await compile(query).evaluate({ value: left, expected: right }, {})) === true;
    },
  };
}
