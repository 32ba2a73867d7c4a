/** What the two processes say to each other: one line of JSON a message. */
import type { Check, Verdict } from "../check.ts";
import type { EngineVersion } from "../engines.ts";

/** The child's only argument, as JSON: the files that it may read besides its own. */
export interface ChildFiles {
  readonly ses: string;
  readonly engines: Readonly<Record<EngineVersion, string>>;
}

/** To the child: checks in order, with the bodies, which repeat, apart. The child answers each with one line, an Answer. */
export interface Pack {
  readonly bodies: readonly string[];
  readonly checks: readonly PackedCheck[];
}

type PackedCheck = Omit<Check, "body"> & { readonly body: number };

/** From the child, one for each check and in their order. */
export interface Answer {
  /** Counted from 0 in the pack. */
  readonly check: number;
  readonly verdict: Verdict;
}

/** The child's first line. */
export const readyLine = "ready";

export function packChecks(checks: readonly Check[]): Pack {
  const numbers = new Map<string, number>();
  const packed = checks.map((check) => {
    const known = numbers.get(check.body) ?? numbers.size;
    numbers.set(check.body, known);
    return { ...check, body: known };
  });
  return { bodies: [...numbers.keys()], checks: packed };
}

/** Takes text as it arrives and hands on whole lines. */
export function lineReader(onLine: (line: string) => void): (chunk: string) => void {
  let rest = "";
  return (chunk) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
}
