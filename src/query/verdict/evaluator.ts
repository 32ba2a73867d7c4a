import type { Check } from "../check.ts";
import { builtinFunctions } from "../lint/builtin-functions.ts";
import type { Engine, CompiledQuery } from "../engines.ts";

/** One jsonata release. No expression leaves anything behind for another. */
export interface Evaluator {
  /** The value of an expression over `input`; throws what jsonata throws. */
  evaluate(query: string | null, input: unknown, clock?: Check["clock"]): Promise<unknown>;
  /** Whether `left operator right` holds, by the comparison queries of Uptime Kuma 2.x. */
  compare(operator: OrderOperator, left: string, right: string): Promise<boolean>;
}

export const orderOperators = [">", ">=", "<", "<="] as const;
export type OrderOperator = (typeof orderOperators)[number];

interface Compiled {
  readonly engine: Engine;
  readonly expression: CompiledQuery;
}

/** An engine holds about 120 kB; tests and experiments ask one text many times, then the next. */
const mostCompiled = 32;

/** `makeEngine` returns an unused engine, with its own `Math.random` when one is given. */
export function createEvaluator(makeEngine: (random?: () => number) => Engine): Evaluator {
  // Uptime Kuma's own queries over two texts. No expression of a file ever meets this engine.
  const comparing = makeEngine();
  const comparisons = Object.fromEntries(
    orderOperators.map((operator) => [operator, comparing(`$number($.value) ${operator} $number($.expected)`)]),
  ) as Record<OrderOperator, CompiledQuery>;

  /**
   * A text has an engine to itself, used again for that text alone: whatever it does to its engine it does to itself.
   */
  const compiled = { moving: new Map<string | null, Compiled>(), frozen: new Map<string | null, Compiled>() };

  function compile(query: string | null, isFrozen: boolean): Compiled {
    const texts = isFrozen ? compiled.frozen : compiled.moving;
    const known = texts.get(query);
    if (known !== undefined) return known;
    if (texts.size >= mostCompiled) texts.clear();
    const engine = isFrozen ? makeEngine(() => 0.5) : makeEngine();
    // A NULL query is handed on as it is: the engine's own TypeError is what 1.23 shows.
    const made = { engine, expression: engine(query as string) };
    texts.set(query, made);
    return made;
  }

  return {
    async evaluate(query, input, clock) {
      const { engine, expression } = compile(query, clock !== undefined);
      // Bindings, even none, give each evaluation a frame of its own: before 2.2.2 variables would otherwise stay from
      // one to the next, which a server, compiling anew each time, never sees.
      const result = await expression.evaluate(input, clock === undefined ? {} : frozenBindings(clock, engine));
      await addLastCall(result, engine);
      return result;
    },
    async compare(operator, left, right) {
      return (await comparisons[operator].evaluate({ value: left, expected: right }, {})) === true;
    },
  };
}

/**
 * jsonata writes into a built-in function where it was last called, by whatever query, and messages of 2.x quote that
 * (`"token":"count","position":7`). On a busy server some query has already called it; here it is set as it usually is
 * then, at the query's start.
 */
async function addLastCall(result: unknown, engine: Engine): Promise<void> {
  if (typeof result !== "object" || result === null || !("_jsonata_function" in result) || "token" in result) return;
  for (const name of builtinFunctions.keys()) {
    if ((await engine(`$${name}`).evaluate(undefined, {})) !== result) continue;
    Object.assign(result, { token: name, position: `$${name}(`.length });
    return;
  }
}

/** `$now` takes a picture and a time zone: jsonata's own `$fromMillis` writes the frozen time. */
function frozenBindings(clock: number, engine: Engine): Readonly<Record<string, unknown>> {
  const names = ["t", "p", "z"];
  return {
    millis: () => clock,
    now: (...given: readonly unknown[]) => {
      const values = [clock, ...given.filter((value) => value !== undefined)];
      const list = values.map((_, index) => `$${names[index] as string}`).join(", ");
      const bindings = Object.fromEntries(values.map((value, index) => [names[index] as string, value]));
      return engine(`$fromMillis(${list})`).evaluate(undefined, bindings);
    },
  };
}
