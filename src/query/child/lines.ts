/**
 * Lines on the streams of the evaluation process, read and written at once: an endless evaluation gives the event loop
 * no time, and no stream of Node stands where an expression could reach it.
 */
import { Buffer } from "node:buffer";
import { readSync, writeSync } from "node:fs";

const chunk = 65_536;

/** Waits for the next line of standard input; undefined when the other side has closed it. */
export function readLines(): () => string | undefined {
  const decoder = new TextDecoder();
  const bytes = Buffer.alloc(chunk);
  let rest = "";
  // A long line comes in many chunks: only what is new is searched.
  return () => {
    let searched = 0;
    for (;;) {
      const end = rest.indexOf("\n", searched);
      if (end >= 0) {
        const line = rest.slice(0, end);
        rest = rest.slice(end + 1);
        return line;
      }
      searched = rest.length;
      const count = readSync(0, bytes);
      if (count === 0) return undefined;
      rest += decoder.decode(bytes.subarray(0, count), { stream: true });
    }
  };
}

export function writeLine(line: string): void {
  let bytes = Buffer.from(`${line}\n`);
  while (bytes.length > 0) bytes = bytes.subarray(writeSync(1, bytes));
}
