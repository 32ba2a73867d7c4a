/** Reads comments such as `# kuma-sync-ignore KS1404: the backend is slow`, and reports mistakes in them. */
import { Lexer } from "yaml";
import type { Finding } from "../../model/finding.ts";
import { findingTitles, type FindingCode } from "../../model/finding-codes.ts";
import { guess } from "../../model/guess.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import type { SourceDocument } from "../source/source-document.ts";
import { createCoverage } from "./coverage.ts";

/** One finding code of a comment. */
export interface IgnoreComment {
  readonly code: FindingCode;
  readonly reason: string;
  /** The place of the code in the comment. */
  readonly at: SourceSpan;
  /** The lines whose findings it silences, including the last. */
  readonly lines: readonly [first: number, last: number];
}

/** A comment without a reason, or one with a mistake, silences nothing and has a finding. */
export function readIgnoreComments(document: SourceDocument): {
  readonly comments: readonly IgnoreComment[];
  readonly findings: readonly Finding[];
} {
  const comments: IgnoreComment[] = [];
  const findings: Finding[] = [];
  if (!/#.*kuma-?sync/iu.test(document.text)) return { comments, findings };
  const coverage = createCoverage(document);
  for (const { text, offset } of commentsIn(document.text)) {
    const read = readComment(text);
    if (read === undefined) continue;
    const spanAt = ([start, end]: Range): SourceSpan => document.spanAt(offset + start, offset + end);
    if ("problem" in read) {
      const { range, ...problem } = read.problem;
      findings.push({ ...problem, severity: "warning", at: spanAt(range) });
      continue;
    }
    const lines = coverage.linesOf(offset);
    for (const { name, range } of read.codes) {
      const at = spanAt(range);
      if (isCode(name)) comments.push({ code: name, reason: read.reason, at, lines });
      else findings.push(unknownCode(name, at));
    }
  }
  return { comments, findings };
}

interface Comment {
  /** The comment including its number sign. */
  readonly text: string;
  readonly offset: number;
}

/** Finds comments with the lexer, which does not confuse them with a number sign in a text. */
function* commentsIn(text: string): Generator<Comment> {
  let offset = 0;
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    // Marks of the lexer, which are not in the text. The last one comes before a scalar.
    if (lexeme === "\u0002" || lexeme === "\u0018" || lexeme === "\u001F") {
      isScalar = lexeme === "\u001F";
      continue;
    }
    if (!isScalar && lexeme.startsWith("#")) yield { text: lexeme, offset };
    isScalar = false;
    offset += lexeme.length;
  }
}

/** Parts of a comment's text. */
type Range = readonly [start: number, end: number];

type ReadComment =
  | { readonly codes: readonly { readonly name: string; readonly range: Range }[]; readonly reason: string }
  | { readonly problem: Pick<Finding, "code" | "message" | "hint"> & { readonly range: Range } };

const form = "# kuma-sync-ignore KS1404: why it is right here";
const directive = /^#+\s*kuma-sync-ignore(?![\w-])/u;
/** Misspellings, and the words of other tools. */
const similar = /^#+\s*kuma-?sync[-_:\s]*(?:ignore|disable|silence|suppress|no-?lint|off)[\w-]*(?=[\s:,]+KS\d)/iu;
const code = /KS\d+/giu;

/** Undefined for other comments. */
function readComment(text: string): ReadComment | undefined {
  const found = directive.exec(text)?.[0];
  if (found === undefined) {
    const near = similar.exec(text)?.[0];
    if (near === undefined) return undefined;
    const range: Range = [near.search(/[^#\s]/u), near.length];
    const message = `"${near.replace(/^#+\s*/u, "")}" is not how a finding is silenced`;
    return { problem: { code: "KS1905", message, hint: `write "${form}"`, range } };
  }
  const rest = text.slice(found.length);
  const named = /^(?:[\s,]*KS\d+)+/iu.exec(rest)?.[0] ?? "";
  const codes = [...named.matchAll(code)].map(({ index, 0: name }) => {
    const start = found.length + index;
    return { name: name.toUpperCase(), range: [start, start + name.length] as const };
  });
  const start = found.search(/[^#\s]/u);
  if (codes.length === 0) {
    const message = "the comment names no finding to silence";
    return { problem: { code: "KS1905", message, hint: `write "${form}"`, range: [start, found.length] } };
  }
  const said = rest.slice(named.length);
  const reason = /^\s*:\s*(\S.*)$/u.exec(said)?.[1]?.trim();
  if (reason !== undefined && /[\p{L}\p{N}]/u.test(reason)) return { codes, reason };
  const list = codes.map(({ name }) => name).join(", ");
  const isOnlyColonMissing = /^\s+\S*\p{L}/u.test(said);
  const message = isOnlyColonMissing
    ? "a colon is missing between the codes and the reason, so the comment silences nothing"
    : "the comment gives no reason, so it silences nothing";
  const hint = `write "# kuma-sync-ignore ${list}: ${isOnlyColonMissing ? said.trim() : "why it is right here"}"`;
  return { problem: { code: "KS1901", message, hint, range: [start, found.length + named.length] } };
}

function isCode(name: string): name is FindingCode {
  return Object.hasOwn(findingTitles, name);
}

function unknownCode(name: string, at: SourceSpan): Finding {
  const near = guess(name, Object.keys(findingTitles));
  return {
    code: "KS1904",
    severity: "warning",
    message: `there is no finding ${name}`,
    at,
    hint: `${near === undefined ? "" : `did you mean ${near}? `}"kuma-sync explain" lists all of them`,
  };
}
