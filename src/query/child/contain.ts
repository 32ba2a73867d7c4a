/**
 * Takes from the evaluation process what an expression could use or change. jsonata before 2.2.0 hands out JavaScript's
 * own objects (CVE-2026-77415, CVE-2026-77413, CVE-2026-12208), so everything that two expressions share is frozen, and
 * what the process could do to others is removed. Decision 11 has the whole picture.
 */
import { createRequire } from "node:module";

/** What the language itself puts into the global object, and an engine may use. */
const languageNames: ReadonlySet<PropertyKey> = wordsOf(
  "globalThis Infinity NaN undefined isFinite isNaN parseFloat parseInt decodeURI decodeURIComponent",
  "encodeURI encodeURIComponent escape unescape Object Function Array Number Boolean String Symbol",
  "BigInt Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError",
  "TypeError URIError JSON Math Intl Reflect Proxy Map Set WeakMap WeakSet ArrayBuffer DataView",
  "Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array Uint8ClampedArray Float32Array",
  "Float64Array BigInt64Array BigUint64Array",
);

/**
 * Freezes the intrinsics with SES, empties the global object of everything that is not the language, and removes the
 * functions of `process` that reach beyond this process. `sesFile` is the path of the `ses` package. Throws if anything
 * does not go: without it no expression may be evaluated.
 */
export function contain(sesFile: string): void {
  // A library that writes into globals: it declares `lockdown` there.
  createRequire(import.meta.url)(sesFile);
  lockdown({
    errorTaming: "unsafe",
    overrideTaming: "severe",
    localeTaming: "unsafe",
    regExpTaming: "unsafe",
    evalTaming: "unsafeEval",
    consoleTaming: "unsafe",
    // What a newer Node has and SES does not know yet is removed without a word on standard error.
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

/** Node's own code holds this object, so that it stays; what is called on it from outside goes. */
function disarm(own: NodeJS.Process): void {
  // Node's own code uses these when a turn of the event loop ends, when the process does, and to name itself.
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
