/**
 * Reads and writes lines on the streams of the evaluation process synchronously. An endless evaluation never returns to
 * the event loop, and without Node's streams there is no stream object that an expression could reach.
 */
import { Buffer } from "node:buffer";
import { readSync, writeSync } from "node:fs";

const chunk = 65_536;

/** Waits for the next line of standard input; undefined if it was closed. */
export function readLines(): () => string | undefined {
  const decoder = new TextDecoder();
  const bytes = Buffer.alloc(chunk);
  let rest = "";
  // A long line arrives in many chunks, and only the new part is searched.
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
