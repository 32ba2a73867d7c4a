/**
 * Whether `text` is made of `parts`, in order, with anything (also nothing) between one and the next. In one pass: a regular
 * expression with that many wildcards can take longer than anybody waits, and a stranger may have written the parts or the
 * text.
 */
export function isMadeOf(text: string, parts: readonly string[]): boolean {
  const [first = "", ...others] = parts;
  const last = others.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of others) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return text.length - from >= last.length && text.endsWith(last);
}
