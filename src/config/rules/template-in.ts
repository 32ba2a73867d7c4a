export interface Template {
  readonly start: number;
  readonly end: number;
  /** The text inside the marks. */
  readonly name: string;
  readonly isInHost: boolean;
}

/** Marks of other tools for a value to fill in. Outside of a host, all but the first may be intended. */
const marks: readonly RegExp[] = [
  /\{\{-?\s*([^{}]*?)\s*-?\}\}/u,
  /\$\(?([A-Za-z_]\w*)\)?/u,
  /%([A-Za-z_]\w*)%/u,
  /<([A-Za-z][\w .-]*)>/u,
  /\{([A-Za-z_][\w.-]*)\}/u,
];

/** The first such mark in a URL or a host name. */
export function templateIn(text: string): Template | undefined {
  const hostStart = /^\s*[a-z][a-z\d+.-]*:\/\/(?:[^@/?#]*@)?/iu.exec(text)?.[0].length ?? 0;
  const host = /^(?:\{\{[^{}]*\}\}|[^/?#])*/u.exec(text.slice(hostStart))?.[0] ?? "";
  for (const mark of marks) {
    const found = mark.exec(host);
    if (found !== null) return templateOf(found, hostStart, true);
  }
  const elsewhere = marks[0]?.exec(text) ?? null;
  return elsewhere === null ? undefined : templateOf(elsewhere, 0, false);
}

function templateOf(found: RegExpExecArray, offset: number, isInHost: boolean): Template {
  const start = offset + found.index;
  return { start, end: start + found[0].length, name: found[1] ?? "", isInHost };
}
