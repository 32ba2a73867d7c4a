/**
 * Removes from the evaluation process what an expression could use or change. jsonata before 2.2.0 gives expressions
 * access to JavaScript's own objects (CVE-2026-77415, CVE-2026-77413, CVE-2026-12208). Therefore everything that two
 * expressions share is frozen, and everything that could affect other processes is removed. See
 * docs/decisions/0011-contained-queries.md.
 */
import { createRequire } from "node:module";

/** Global names of the language itself, which an engine may use. */
const languageNames: ReadonlySet<PropertyKey> = wordsOf(
  "globalThis Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent",
  "encodeURI encodeURIComponent escape unescape Object Function Array Number Boolean String Symbol",
  "BigInt Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError",
  "TypeError URIError JSON Math Intl Reflect Proxy Map Set WeakMap WeakSet ArrayBuffer DataView",
  "Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Uint8ClampedArray Float32Array",
  "Float64Array BigInt64Array BigUint64Array",
);

/**
 * Freezes the intrinsics with SES, removes everything else than the language from the global object, and removes the
 * functions of `process` that reach outside this process. `sesFile` is the path of the `ses` package. Throws if
 * something cannot be removed; no expression may be evaluated then.
 */
export function contain(sesFile: string): void {
  // The library writes into globals: it declares `lockdown` there.
  createRequire(import.meta.url)(sesFile);
  lockdown({
    errorTaming: "unsafe",
    overrideTaming: "severe",
    localeTaming: "unsafe",
    regExpTaming: "unsafe",
    evalTaming: "unsafeEval",
    consoleTaming: "unsafe",
    // Intrinsics of newer Node releases that SES does not know are removed without a message on standard error.
    reporting: "none",
  });
  disarm(process);
  for (const name of Reflect.ownKeys(globalThis)) {
    if (!languageNames.has(name) && !Reflect.deleteProperty(globalThis, name)) {
      throw new Error(`the global ${String(name)} cannot be removed`);
    }
  }
  Object.freeze(globalThis);
}

/** Node's own code uses the `process` object, so the object stays and its functions are removed. */
function disarm(own: NodeJS.Process): void {
  // Node's own code calls these at the end of a turn of the event loop, at exit, and to name the process.
  const kept = wordsOf(
    "version versions arch platform pid argv execArgv nextTick _tickCallback exitCode _exiting reallyExit",
    "emitWarning _events _eventsCount _maxListeners domain",
  );
  for (const name of Reflect.ownKeys(own)) {
    if (typeof name === "string" && !kept.has(name)) Reflect.deleteProperty(own, name);
  }
  for (const power of ["kill", "_kill", "binding", "_linkedBinding", "dlopen", "getBuiltinModule", "_debugProcess"]) {
    if (power in own) throw new Error(`process.${power} cannot be removed`);
  }
}

function wordsOf(...lines: readonly string[]): ReadonlySet<PropertyKey> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}

declare function lockdown(options: Readonly<Record<string, string>>): void;
