/**
 * Parses a text to YAML nodes. Error messages are our own, because the parser's may quote half the file and are followed
 * by many that only result from the first. Duplicate keys are found when values are read (read-value.ts), because the
 * parser's own search takes quadratic time, too long for 5,000 monitors in one mapping.
 */
import {
  Composer,
  isMap,
  isScalar,
  Lexer,
  LineCounter,
  Parser,
  type Document,
  type ErrorCode,
  type YAMLError,
} from "yaml";
import type { Finding } from "../../model/finding.ts";
import type { SourceSpan } from "../../model/source-span.ts";
import type { ConfigFolder } from "./config-folder.ts";
import { entriesOfNode, type ForeignFile } from "./foreign/foreign-file.ts";
import { foreignFile } from "./foreign/foreign-files.ts";
import { templateInBroken } from "./foreign/template-text.ts";
import { lexemesOf } from "./slips/lexemes.ts";
import { slipFinding } from "./slips/slip.ts";
import { findSyntaxSlips } from "./slips/syntax-slips.ts";
import { findValueSlips } from "./slips/value-slips.ts";
import { tagHint } from "./tag-hint.ts";
import { createSourceDocument, spanAt as spanIn, type SourceDocument } from "./source-document.ts";

/** Nested collections; a real configuration has about six. Without a limit `[[[[…` takes gigabytes. */
const maxDepth = 200;
/** Syntax errors that are reported; later ones result from the first. */
const maxSyntaxFindings = 5;
/** Each costs a look at its line, which may be the whole file. */
const mostErrors = 100;
/** A file with more errors than this is not YAML at all. */
const garbageErrors = 10;
const startHint = "a configuration starts with `version: 1` and `project: …`";

/**
 * `document` is undefined if the text did not parse; then nothing else should be reported about the file. `isData`: it is
 * not a configuration, but holds rows for one.
 */
export function parseYaml(
  file: string,
  folder: ConfigFolder,
  text: string,
  { isData = false }: { readonly isData?: boolean } = {},
): { readonly document: SourceDocument | undefined; readonly findings: readonly Finding[] } {
  const lines = lineCounterOf(text);
  const spanAt = (start: number, end: number): SourceSpan => spanIn(file, lines, start, end);
  const parsed = compose(text);
  if (!parsed.ok) {
    const message = "values are nested too deeply";
    const finding: Finding = {
      code: "KS1006",
      severity: "error",
      message,
      at: spanAt(parsed.offset, parsed.offset + 1),
    };
    return { document: undefined, findings: [finding] };
  }
  const [first, second] = parsed.documents;
  const errors = parsed.documents.flatMap((document) => document.errors);
  const roots = errors.length > 0 ? [] : parsed.documents.flatMap(({ contents }) => contents ?? []);
  // A list of hosts may well be a file of another tool.
  const foreign = isData ? undefined : (foreignFile({ file, text, roots }) ?? templateIn(text, errors));
  if (foreign !== undefined) return { document: undefined, findings: [foreignFinding(foreign, spanAt)] };
  if (first === undefined || errors.length > 0) {
    return { document: undefined, findings: syntaxFindings(errors, { text, spanAt, documents: parsed.documents }) };
  }
  const findings: Finding[] = [];
  if (second !== undefined) {
    const [start] = second.range;
    findings.push({
      code: "KS1009",
      severity: "error",
      message: "file holds more than one YAML document",
      at: spanAt(start, start + 3),
      hint: severalHint(first, second),
    });
  }
  for (const warning of first.warnings) {
    if (warning.code === "TAG_RESOLVE_FAILED") findings.push(tagFinding(warning, text, spanAt));
  }
  if (first.contents === null) {
    findings.push({ code: "KS1002", severity: "error", message: "file is empty", at: spanAt(0, 0), hint: startHint });
    return { document: undefined, findings };
  }
  const slips = findValueSlips(first.contents, text);
  if (slips.length > 0) {
    const found = slips.slice(0, maxSyntaxFindings).map((slip) => slipFinding(slip, spanAt));
    return { document: undefined, findings: [...findings, ...found] };
  }
  if (!isData && !isMap(first.contents)) {
    const [start] = first.contents.range;
    const what = isScalar(first.contents) ? "text" : "a list";
    const message = `the configuration must be a mapping, not ${what}`;
    findings.push({ code: "KS1007", severity: "error", message, at: spanAt(start, start + 1), hint: startHint });
    return { document: undefined, findings };
  }
  return { document: createSourceDocument({ file, folder, text, lines, root: first.contents }), findings };
}

function templateIn(text: string, errors: readonly YAMLError[]): ForeignFile | undefined {
  const [first] = errors.toSorted((left, right) => left.pos[0] - right.pos[0]);
  return first === undefined ? undefined : templateInBroken(text, first.pos[0]);
}

function foreignFinding(foreign: ForeignFile, spanAt: (start: number, end: number) => SourceSpan): Finding {
  const { what, hint, code = "KS1010" } = foreign;
  const message = code === "KS1011" ? what : `this is ${what}, not a configuration of kuma-sync`;
  return { code, severity: "error", message, at: spanAt(foreign.start, foreign.end), hint };
}

/** Without the line between them, a section that both have would be written twice. */
function severalHint(first: Document.Parsed, second: Document.Parsed): string {
  const below = entriesOfNode(second.contents);
  const twice = [...entriesOfNode(first.contents).values()].filter(({ key }) => below.has(key));
  if (twice.length === 0) return "remove the `---`, or make it two files";
  const section = twice.find(({ value }) => isMap(value))?.key;
  const move = section === undefined ? "" : `, or move what is below \`${section}:\` into the one above`;
  return `make it two files${move}`;
}

type Composed =
  | { readonly ok: true; readonly documents: readonly Document.Parsed[] }
  | { readonly ok: false; readonly offset: number };

/** Made from the text, because the parser does not report every line break of a file with errors. */
/** Where the lines of a text begin. */
export function lineCounterOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  return lines;
}

function compose(text: string): Composed {
  const parser = new Parser();
  const tokens = [];
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (parser.stack.length > maxDepth) return { ok: false, offset: parser.offset };
  }
  for (const token of parser.end()) tokens.push(token);
  const composer = new Composer({ uniqueKeys: false, keepSourceTokens: false, schema: "core" });
  return { ok: true, documents: [...composer.compose(tokens, true, text.length)] };
}

interface SyntaxContext {
  readonly text: string;
  readonly documents: readonly Document.Parsed[];
  readonly spanAt: (start: number, end: number) => SourceSpan;
}

function syntaxFindings(errors: readonly YAMLError[], context: SyntaxContext): Finding[] {
  const sorted = errors.toSorted((left, right) => left.pos[0] - right.pos[0]);
  const [first] = sorted;
  if (first === undefined) return [];
  const all = sorted.slice(0, mostErrors).map((error) => syntaxFinding(error, context));
  const tabs = all.filter((finding) => finding.code === "KS1004");
  const [tab] = tabs;
  // After a tab or another slip, the parser's errors about the rest of the file do not help.
  if (tab !== undefined) return [tab];
  const { text, documents } = context;
  const slips = findSyntaxSlips({ text, documents, errors: sorted, first, lexemes: () => lexemesOf(text) });
  if (slips.length > 0) return slips.slice(0, maxSyntaxFindings).map((slip) => slipFinding(slip, context.spanAt));
  if (errors.length > garbageErrors) {
    const message = `file is not YAML: ${errors.length} syntax errors, the first one here`;
    return [{ code: "KS1003", severity: "error", message, at: pointAt(first, context) }];
  }
  const lines = new Set<number>();
  return all
    .filter((finding) => {
      const line = finding.at?.line ?? 0;
      const isNew = !lines.has(line);
      lines.add(line);
      return isNew;
    })
    .slice(0, maxSyntaxFindings);
}

function pointAt(error: YAMLError, { spanAt }: SyntaxContext): SourceSpan {
  const [start, end] = error.pos;
  const span = spanAt(start, end);
  return span.endLine === span.line ? span : { ...span, endLine: span.line, endColumn: span.column + 1 };
}

function syntaxFinding(error: YAMLError, context: SyntaxContext): Finding {
  const { text, spanAt } = context;
  const lineStart = text.lastIndexOf("\n", Math.max(0, error.pos[0] - 1)) + 1;
  const tab = /^ *\t/u.exec(text.slice(lineStart, lineStart + 200));
  if (tab !== null || error.code === "TAB_AS_INDENT") {
    const at = tab === null ? error.pos[0] : lineStart + tab[0].length - 1;
    const hint = "indent with spaces: YAML does not allow tabs here";
    return { code: "KS1004", severity: "error", message: "tab used for indentation", at: spanAt(at, at + 1), hint };
  }
  if (error.code === "RESOURCE_EXHAUSTION") {
    return { code: "KS1006", severity: "error", message: "values are nested too deeply", at: pointAt(error, context) };
  }
  return { code: "KS1003", severity: "error", ...wordsFor(error, text), at: pointAt(error, context) };
}

interface Words {
  readonly message: string;
  readonly hint: string;
}

/** Errors that need a better message than the parser's. */
const wordsByCode: Partial<Record<ErrorCode, Words>> = {
  BAD_ALIAS: { message: "alias without an anchor", hint: 'a text that starts with * must be quoted: "*.example"' },
  BLOCK_AS_IMPLICIT_KEY: { message: 'a second ": " on one line', hint: "quote a text that holds a colon and a space" },
  BAD_INDENT: { message: "indentation does not fit", hint: "lines of one mapping start in the same column" },
  MULTILINE_IMPLICIT_KEY: {
    message: "a key must be on one line and be followed by a colon",
    hint: "is there a colon missing, or a space after it?",
  },
};

function wordsFor(error: YAMLError, text: string): { readonly message: string; readonly hint?: string } {
  const [start] = error.pos;
  if (error.code === "BAD_DQ_ESCAPE") {
    return {
      message: `"${text.slice(start, start + 2)}" is not an escape in double quotes`,
      hint: "write it in 'single quotes', where a backslash is only a backslash",
    };
  }
  if (error.message.startsWith("Not a YAML token") && /[>|][-+\d]*[ \t]+$/u.test(text.slice(0, start))) {
    return { message: "a text after > or | begins on the next line", hint: "move it there, or quote the whole text" };
  }
  return wordsByCode[error.code] ?? { message: firstLine(error.message) };
}

function firstLine(message: string): string {
  const line = (message.split("\n")[0] ?? "").replace(/:? *".*$/u, "").slice(0, 100);
  return `${line.charAt(0).toLowerCase()}${line.slice(1)}`;
}

function tagFinding(warning: YAMLError, text: string, spanAt: (start: number, end: number) => SourceSpan): Finding {
  const [start, end] = warning.pos;
  const tag = text.slice(start, Math.min(end, start + 40));
  return {
    code: "KS1009",
    severity: "error",
    message: `YAML tag "${tag}" is not allowed`,
    at: spanAt(start, end),
    hint: tagHint(tag),
  };
}
