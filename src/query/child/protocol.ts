/** What the two processes say to each other: one line of JSON a message. */
import type { Check } from "../check.ts";

/** To the child: checks in order, with the bodies, which repeat, apart. The child answers each with one line, a Verdict. */
export interface Pack {
  readonly bodies: readonly string[];
  readonly checks: readonly PackedCheck[];
}

type PackedCheck = Omit<Check, "body"> & { readonly body: number };

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
