/**
 * The engines of the evaluation process. Each is compiled once and run again for every expression, so that an
 * expression that changes its engine (built-in functions are objects that it can reach) does not affect others.
 */
import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";
import { engineVersions, type Engine, type EngineVersion } from "../engines.ts";

/**
 * Makes a fresh jsonata release without earlier state. `random` is used by its `$random` and `$shuffle`. Default: real
 * chance.
 */
export type MakeEngine = (random?: () => number) => Engine;

/** The names besides the language that the file of an engine can use: it is a CommonJS module for browsers and Node. */
interface EngineScope {
  readonly module: { exports: unknown };
  readonly global: object;
  readonly Math: typeof Math;
}

/** Names that are always hidden from the file. Without them, an engine falls back to `global`. */
const hidden = ["globalThis", "window", "self", "process", "require", "Buffer"] as const;

/**
 * Reads and compiles every engine; `files` holds their paths. Must be called before the first expression, because
 * nothing is loaded afterwards. Throws the errors of reading and compiling.
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

/** `$base64encode` and `$base64decode` use only this part of Node's Buffer. */
function bufferOnly(): object {
  Object.freeze(bytesFrom.prototype);
  return Object.freeze({ Buffer: Object.freeze({ from: Object.freeze(bytesFrom) }) });
}

/** The engine calls it with `new`, which arrow functions do not support. */
function bytesFrom(text: string, encoding: BufferEncoding): object {
  return bytesOnly(Buffer.from(text, encoding));
}

function bytesOnly(bytes: Buffer): object {
  return Object.freeze({ toString: Object.freeze((encoding: BufferEncoding) => bytes.toString(encoding)) });
}

function withRandom(random: () => number): typeof Math {
  return Object.create(Math, { random: { value: random } }) as typeof Math;
}
