import type { StatusLine, TextStream } from "./context.ts";

interface Streams {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
}

const eraseLine = "\r\u001B[2K";

/** The same streams with a status line on the second of them. */
export function withStatusLine({ stdout, stderr }: Streams): Streams & { readonly statusLine: StatusLine } {
  let isShown = false;
  const clear = (): void => {
    if (isShown) stderr.write(eraseLine);
    isShown = false;
  };
  const clearing = (stream: TextStream): TextStream => ({
    isTty: stream.isTty,
    get columns() {
      return stream.columns;
    },
    write: (text) => {
      if (text === "") return;
      clear();
      stream.write(text);
    },
  });
  const show = (line: string): void => {
    clear();
    if (line === "") return;
    stderr.write(line);
    isShown = true;
  };
  return { stdout: clearing(stdout), stderr: clearing(stderr), statusLine: { show, clear } };
}
