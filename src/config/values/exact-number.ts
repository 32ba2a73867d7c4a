/**
 * Finds numbers that JavaScript would change. Uptime Kuma and kuma-sync keep a number as a double, which has 53 bits for
 * its digits: 9007199254740993 silently becomes 9007199254740992 (ECMA-262, section 6.1.6.1).
 */

/** Whether an integer as written in YAML or JSON keeps its value when it is read and written. True for all other texts. */
export function keepsItsDigits(source: string): boolean {
  const value = Number(source);
  if (!Number.isInteger(value) || Number.isSafeInteger(value)) return true;
  const decimal = /^0[ox]/u.test(source) ? String(BigInt(source)) : source;
  return scientific(decimal) === scientific(String(value));
}

/** `[start, end)` of each number in a JSON text that would lose digits. */
export function changedNumbers(json: string): readonly (readonly [start: number, end: number])[] {
  const tokens = json.matchAll(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/gu);
  return [...tokens].flatMap(({ 0: token, index }) =>
    token.startsWith('"') || keepsItsDigits(token) ? [] : [[index, index + token.length] as const],
  );
}

/** The same text for equal numbers: the digits without zeros at either end, and the power of ten. */
function scientific(decimal: string): string {
  const [, sign = "", whole = "", fraction = "", power = "0"] =
    /^([-+]?)(\d*)\.?(\d*)(?:e([-+]?\d+))?$/iu.exec(decimal) ?? [];
  const digits = (whole + fraction).replace(/^0+/u, "");
  const kept = digits.replace(/0+$/u, "");
  return `${sign === "-" ? "-" : ""}${kept}e${Number(power) - fraction.length + digits.length - kept.length}`;
}
