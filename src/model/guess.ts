import { distance } from "fastest-levenshtein";

/** The known word that was probably meant; undefined when none is near, or when the word is known. */
export function guess(word: string, known: Iterable<string>): string | undefined {
  const wanted = plain(word);
  let best: string | undefined;
  // A third of the letters may differ; in short words, one.
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    if (candidate === word) return undefined;
    const steps = stepsBetween(wanted, plain(candidate));
    if (steps < bestDistance && steps < candidate.length) {
      best = candidate;
      bestDistance = steps;
    }
  }
  return best;
}

/** Two swapped letters are one typing mistake, but edit distance counts two. */
function stepsBetween(left: string, right: string): number {
  const isReordered = left.length === right.length && sumOf(left) === sumOf(right) && sorted(left) === sorted(right);
  return isReordered ? Number(left !== right) : distance(left, right);
}

/** Words of the same letters have the same sum; most others are told apart by it, without being sorted. */
function sumOf(word: string): number {
  let sum = 0;
  for (let index = 0; index < word.length; index += 1) sum += word.charCodeAt(index);
  return sum;
}

function sorted(word: string): string {
  return word.split("").toSorted().join("");
}

/** The one known word that differs only in case, separators or a plural s: nothing has to be guessed. */
export function sameWord(word: string, known: Iterable<string>): string | undefined {
  const wanted = plain(word);
  const same = [...known].filter((candidate) => plain(candidate) === wanted);
  const [only] = same;
  return same.length === 1 && only !== word ? only : undefined;
}

/** `Max_Retries`, `maxretries` and `maxRetry-s` are the same word as `maxRetries`. */
function plain(word: string): string {
  return word
    .toLowerCase()
    .replaceAll(/[_\-\s]/gu, "")
    .replace(/s$/u, "");
}

/** `{ hint: 'did you mean "interval"?' }`, or nothing to spread. */
export function guessHint(word: string, known: Iterable<string>): { readonly hint?: string } {
  const best = guess(word, known);
  return best === undefined ? {} : { hint: `did you mean "${best}"?` };
}
