import { tokenize } from "../lint/tokens.ts";

export interface QueryConstants {
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
}

const mostOfEach = 8;

/** The values that a query and its expected value compare with. The verdict can only change at these. */
export function mineConstants(query: string | null, expected: string | null): QueryConstants {
  const texts = new Set<string>();
  const numbers = new Set<number>();
  for (const { kind, text } of tokenize(query ?? "")) {
    if (kind === "number") numbers.add(Number(text));
    if (kind === "string") texts.add(unquote(text));
  }
  if (expected !== null && expected.trim() !== "") {
    const number = Number(expected);
    if (Number.isNaN(number)) texts.add(expected);
    else numbers.add(number);
  }
  return {
    texts: [...texts].slice(0, mostOfEach),
    numbers: [...numbers].filter(Number.isFinite).slice(0, mostOfEach),
  };
}

function unquote(literal: string): string {
  const inner = literal.slice(1, -1);
  try {
    return JSON.parse(`"${inner.replaceAll(/(?<!\\)"/g, '\\"')}"`) as string;
  } catch {
    return inner;
  }
}
