/**
 * Fits a document into a number of bytes. GitHub's limits are in bytes: 65,536 for a comment, 1 MiB for a step summary.
 */

/** Bytes for a comment and for a step summary, with some room for additions of a workflow. */
export const commentLimit = 60_000;
export const summaryLimit = 900_000;

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}

/** Called only if there is room: of 5,000 steps, a comment shows a few. */
export type Block = () => string;

/**
 * The first blocks that fit into `room` bytes, and one that counts the rest. Each block is counted with the two line
 * breaks that may follow it. The result of `more` must be shorter than 100 bytes.
 */
export function fitBlocks(blocks: readonly Block[], room: number, more: (left: number) => string): readonly string[] {
  const fitting: string[] = [];
  let bytes = 0;
  // How many blocks fit if the line that counts the rest must fit too.
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

/** A part of a document: a heading, its blocks, and its share of the limit. */
export interface Section {
  readonly heading: string;
  readonly blocks: readonly Block[];
  /** Between 0 and 1: its share of the bytes that earlier sections left. */
  readonly share: number;
  readonly more: (left: number) => string;
  /** Between blocks: one line break for lists, two for paragraphs. */
  readonly gap: "\n" | "\n\n";
}

/** Sections without blocks are left out. The result has at most `limit` bytes, if `head` fits. */
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
