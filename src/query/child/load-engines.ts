/**
 * The engines of the evaluation process. Each is compiled once from its file, and run anew for every expression: one
 * that changes its engine (the built-in functions are objects it can reach) changes nothing for the others.
 */
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";
import { engineVersions, type Engine, type EngineVersion } from "../engines.ts";

/**
 * A jsonata release of its own, with no state from before. `random` is what its `$random` and `$shuffle` use.
 * Default: chance.
 */
export type MakeEngine = (random?: () => number) => Engine;

/** What an engine's file sees of the world besides the language: it is a CommonJS module made for browsers and Node. */
interface EngineScope {
  readonly module: { exports: unknown };
  readonly global: object;
  readonly Math: typeof Math;
}

/** What a file must not see, whatever else is removed. An engine without them takes `global`. */
const hidden = ["globalThis", "window", "self", "process", "require", "Buffer"] as const;

/**
 * Reads and compiles every engine; `files` holds the path of each. To be called before the first expression, since
 * nothing is loaded afterwards. Throws what reading and compiling throws.
 */
export function loadEngines(
  files: Readonly<Record<EngineVersion, string>>,
): Readonly<Record<EngineVersion, MakeEngine>> {
  const global = bufferOnly();
  const chance = Math;
  const load = (version: EngineVersion): MakeEngine => {
    const parameters = ["module", "exports", "global", "Math", ...hidden];
    const run = compileFunction(readFileSync(files[version], "utf8"), parameters, { filename: files[version] }) as (
      ...values: readonly unknown[]
    ) => void;
    return (random) => {
      const scope: EngineScope = {
        module: { exports: {} },
        global,
        Math: random === undefined ? chance : withRandom(random),
      };
      run(scope.module, scope.module.exports, scope.global, scope.Math);
      return scope.module.exports as Engine;
    };
  };
  return Object.fromEntries(engineVersions.map((version) => [version, load(version)])) as Record<
    EngineVersion,
    MakeEngine
  >;
}

/** `$base64encode` and `$base64decode` take Node's Buffer for this and nothing else. */
function bufferOnly(): object {
  Object.freeze(bytesFrom.prototype);
  return Object.freeze({ Buffer: Object.freeze({ from: Object.freeze(bytesFrom) }) });
}

/** Called with `new`, which an arrow function does not take. */
function bytesFrom(text: string, encoding: BufferEncoding): object {
  return bytesOnly(Buffer.from(text, encoding));
}

function bytesOnly(bytes: Buffer): object {
  return Object.freeze({ toString: Object.freeze((encoding: BufferEncoding) => bytes.toString(encoding)) });
}

function withRandom(random: () => number): typeof Math {
  return Object.create(Math, { random: { value: random } }) as typeof Math;
}
