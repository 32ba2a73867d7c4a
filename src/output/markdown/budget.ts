/** Room is counted in bytes, as the limits of GitHub are: 65,536 for a comment, 1 MiB for a step summary. */

/** Bytes for a comment and for a step summary, with some to spare for what a workflow adds. */
export const commentLimit = 60_000;
export const summaryLimit = 900_000;

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** Made only when there is room for it: of 5,000 steps a comment shows a few. */
export type Block = () => string;

/**
 * The first blocks that fit into `room` bytes, and one that counts the rest. Each block is counted with the two line breaks
 * that may follow it; `more` must stay under 100 bytes.
 */
export function fitBlocks(blocks: readonly Block[], room: number, more: (left: number) => string): readonly string[] {
  const fitting: string[] = [];
  let bytes = 0;
  // What still fits when the line that counts the rest has to fit too.
  let kept = 0;
  for (const block of blocks) {
    const text = block();
    bytes += bytesOf(text) + 2;
    if (bytes > room) return [...fitting.slice(0, kept), more(blocks.length - kept)];
    fitting.push(text);
    if (bytes + 100 <= room) kept = fitting.length;
  }
  return fitting;
}

/** A part of a document: a heading and its blocks, and the share of the limit that it may use. */
export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
  /** Between 0 and 1, of what is left when its turn comes. */
  readonly share: number;
  readonly more: (left: number) => string;
  /** Between blocks: a line break for lists, two for paragraphs. */
  readonly gap: "\n" | "\n\n";
}

/** Sections without blocks are left out. Never longer than `limit` bytes, given that `head` is not. */
export function composeDocument(head: string, sections: readonly Section[], limit: number): string {
  const parts = [head];
  let left = limit - bytesOf(head) - 2;
  for (const { heading, blocks, share, more, gap } of sections) {
    if (blocks.length === 0) continue;
    const opening = heading === "" ? "" : `${heading}\n\n`;
    const fitted = fitBlocks(blocks, left * share - bytesOf(opening) - 4, more);
    const text = `${opening}${fitted.join(gap)}`;
    parts.push(text);
    left -= bytesOf(text) + 2;
  }
  return `${parts.join("\n\n")}\n`;
}
