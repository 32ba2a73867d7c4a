import type { Token } from "./tokens.ts";

/** Sizes inside one pair of brackets. */
interface Level {
  /** Everything before the operand that is being read. */
  done: number;
  /** What a `??` that comes next would stand behind. */
  operand: number;
}

/**
 * How many tokens jsonata's parser works on: it reads what stands left of `??` and `?:` twice, so that twenty of them, each
 * in the brackets left of the next, are a million. Never too small; too large by a factor of two where an operator binds
 * closer than these.
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
