/**
 * At most `length` UTF-16 units of a text, for formats that wrap by themselves. Measuring terminal columns would take a
 * thousand times as long. Never splits a surrogate pair.
 */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = /[\uD800-\uDBFF]/u.test(text.charAt(length - 2)) ? length - 2 : length - 1;
  return `${text.slice(0, end)}…`;
}
