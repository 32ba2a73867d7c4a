/** What a reader of each format would obey instead of show: a terminal, a runner, a forge, a browser, a parser. */
import { parse } from "yaml";

/** Colours, and the line of progress that is drawn over: the only codes that are ours. */
const ours = /\u001B\[\d{1,2}m|\r\u001B\[2K/gu;

/** Codes that move the cursor or hide text, line breaks that forge lines, and what nobody sees. */
const unseen = /[^\P{C}\n]|[\p{Zl}\p{Zp}]/u;

type Check = (text: string) => string | undefined;

const terminal: Check = (text) => {
  const left = text.replaceAll(ours, "");
  if (unseen.test(left)) return `a control character: ${JSON.stringify(unseen.exec(left)?.[0])}`;
  return runner(left);
};

const runner: Check = (text) => {
  const command = /^\s*::.*|^.*##\[.*/mu.exec(text)?.[0];
  return command === undefined ? undefined : `a runner's command: ${command}`;
};

const markdown: Check = (text) => {
  if (unseen.test(text)) return "a control character";
  const live = text
    .replace(/^<!-- kuma-sync:[\w%.!~*'():-]+ -->$/gmu, "")
    .replaceAll(/^(?<fence>`{3,})[a-z]*\n[^]*?^\k<fence>$/gmu, "")
    .replaceAll(/<code>[^<]*<\/code>/gu, "")
    .replaceAll(/\\[\\`*_[\]|~$:.<>#+=)(-]/gu, "")
    .replaceAll(/(?<!`)(?<ticks>`+)(?!`)[^\n]*?(?<!`)\k<ticks>(?!`)/gu, "")
    .replaceAll("&#8203;", "\u200B");
  const found = /[@#]\w|\bGH-\d|<(?!\/?(?:details|summary|br)>)|\]\(|https?:\/\//iu.exec(live)?.[0];
  return found === undefined ? runner(text) : `markup: ${found}`;
};

const github: Check = (text) => {
  const lines = text.split("\n").slice(0, -1);
  const odd = lines.find((line) => !/^::(?:error|warning|notice) (?:[a-zA-Z]+=[^:,]*,?)+::[^\n]*$/u.test(line));
  return odd === undefined ? undefined : `a line that is no annotation: ${odd}`;
};

const html: Check = (text) => {
  if (unseen.test(text)) return "a control character";
  const body = text.replaceAll(/<(?<tag>style|script)>[^]*?<\/\k<tag>>/gu, "");
  const tag =
    /<(?:img|script|iframe|svg|object|base|form|link)\b[^>]*>|<[^>]*\son\w+=[^>]*>|href="(?!#main")[^"]*"/iu.exec(body);
  return tag === null ? runner(text) : `markup: ${tag[0]}`;
};

function parsedBy(read: (text: string) => unknown): Check {
  return (text) => {
    if (unseen.test(text)) return "a control character";
    try {
      read(text);
    } catch (error) {
      return `it does not parse: ${(error as Error).message}`;
    }
    return runner(text);
  };
}

const json = parsedBy(JSON.parse);

const xml: Check = (text) => {
  if (unseen.test(text)) return "a control character";
  const rest = text.replace(/^<\?xml [^?]*\?>\n/u, "").replaceAll(/<\/?\w+(?: \w+="[^"<]*")*\/?>/gu, "");
  return /[<>]|&(?!amp;|lt;|gt;|quot;|#\d+;)/u.test(rest) ? "broken markup" : runner(text);
};

const checks: Readonly<Record<string, Check>> = {
  human: terminal,
  markdown,
  github,
  html,
  json,
  sarif: json,
  junit: xml,
  // A tab within a text is a tab.
  yaml: (text) => parsedBy((all) => parse(all, { logLevel: "error" }))(text.replaceAll("\t", " ")),
};

/** Why a text is not harmless in a format; undefined when it is. */
export function whatIsLive(format: string, text: string): string | undefined {
  const check = checks[format];
  if (check === undefined) throw new Error(`no format ${format}`);
  return text === "" ? undefined : check(text);
}
