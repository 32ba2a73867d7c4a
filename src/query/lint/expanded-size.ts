import type { Token } from "./tokens.ts";

/** Sizes inside one pair of brackets. */
interface Level {
  /** Size of everything before the current operand. */
  done: number;
  /** Size of what a following `??` would have on its left. */
  operand: number;
}

/**
 * How many tokens jsonata's parser processes. It reads the left side of `??` and `?:` twice, so twenty of them, nested
 * on the left side, are a million. The result is never too small. It can be too large by a factor of two if an operator
 * binds more tightly.
 */
export function expandedSize(tokens: readonly Token[]): number {
  const levels: Level[] = [{ done: 0, operand: 0 }];
  const add = (size: number): void => {
    (levels.at(-1) as Level).operand += size;
  };
  for (const { kind, text } of tokens) {
    if (kind !== "operator") add(1);
    else if ("([{".includes(text)) levels.push({ done: 0, operand: 1 });
    else if (")]}".includes(text)) {
      const level = levels.length > 1 ? (levels.pop() as Level) : { done: 0, operand: 0 };
      add(level.done + level.operand + 1);
    } else {
      const level = levels.at(-1) as Level;
      if (text === "??" || text === "?:") {
        level.done += 2 * level.operand;
        level.operand = 0;
      } else if (text === "," || text === ";") {
        level.done += level.operand;
        level.operand = 0;
      } else level.operand += 1;
    }
  }
  return levels.reduce((sum, { done, operand }) => sum + done + operand, 0);
}
