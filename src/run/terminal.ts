/**
 * Where a command prints. Results go to stdout; progress, questions and warnings go to stderr, so that stdout carries
 * exactly what was asked for.
 */
import { columnsOf, shorten } from "../output/layout/columns.ts";
import { wrapLines } from "../output/layout/wrap.ts";
import { placesOf } from "../output/document-places.ts";
import { serialise, type Document } from "../output/json.ts";
import type { Places } from "../secrets/places.ts";
import type { OutputFormat } from "../output/report-format.ts";
import { createStyle, type ColorMode, wantsColor, wantsUnicode, type TextOptions } from "../output/style.ts";
import type { Context, TextStream } from "./context.ts";
import type { OutputFlags } from "./flags.ts";

/** Lines of files and pipes wrap nowhere; this is what a reader of a CI log sees without scrolling. */
const usualWidth = 100;

export interface Terminal {
  /** What stdout carries. */
  readonly format: OutputFormat;
  readonly isJson: boolean;
  readonly isVerbose: boolean;
  /** How text for each of the streams is made. */
  readonly out: TextOptions;
  readonly err: TextOptions;
  /**
   * The same data free of secrets, from which text is rendered. The text is redacted again when it is written (docs/decisions/0022-secrets.md),
   * but a secret that rendering has cut or escaped is not recognised there.
   */
  withoutSecrets<Data>(data: Data, places: Places<Data>): Data;
  /** Text for people on stdout, complete with its line breaks. Nothing in other formats, where a document says it all. */
  print(text: string): void;
  /** The same for YAML and JSON, which no screen may wrap. */
  printVerbatim(text: string): void;
  /** The one document of JSON format. Nothing in other formats. */
  printDocument(document: Document): void;
  /** The one document of any other format than human, rendered from data that is free of secrets. */
  printRendered(text: string): void;
  /** Progress that stays, unless --quiet. */
  note(text: string): void;
  /** What must be seen: warnings, refusals, errors. */
  alert(text: string): void;
  /** What is going on now: one line that whatever is printed next replaces. With --verbose it stays. */
  status(text: string): void;
}

/** Without flags of its own a command prints for people, in colour where that is usual. */
export function createTerminal(context: Context, flags: Partial<OutputFlags>): Terminal {
  const { stdout, stderr, statusLine, redactor } = context;
  const { format = "human", color = "auto", quiet: isQuiet = false, verbose: isVerbose = false } = flags;
  const isJson = format === "json";
  const out = textOptions(stdout, context, color);
  const err = textOptions(stderr, context, color);
  const isLive = stderr.isTty && !isQuiet && context.env["TERM"] !== "dumb";
  const started = context.now();

  // Redacted first: a secret that is broken over two lines is not recognised.
  const alert = (text: string): void => stderr.write(fitted(redactor.text(text), stderr, err));

  return {
    format,
    isJson,
    isVerbose,
    out,
    err,
    withoutSecrets: (data, places) => redactor.data(data, places),
    print: (text) => {
      if (format === "human") stdout.write(fitted(redactor.text(text), stdout, out));
    },
    printVerbatim: (text) => {
      if (format === "human") stdout.write(redactor.text(text));
    },
    printDocument: (document) => {
      if (isJson) stdout.write(serialise(redactor.data(document, placesOf(document))));
    },
    printRendered: (text) => {
      // Not redacted again: cut out of a text, a secret that is a word of the format would break it.
      if (format !== "human") stdout.write(text);
    },
    note: (text) => {
      if (!isQuiet) alert(text);
    },
    alert,
    status: (text) => {
      if (isVerbose) alert(err.style.dim(`[${((context.now() - started) / 1000).toFixed(2)}s] ${text}`) + "\n");
      else if (isLive) {
        const line = shorten(redactor.text(text), err.width - 1, err.style.symbols.ellipsis);
        statusLine.show(columnsOf(line) > 0 ? err.style.dim(line) : "");
      }
    },
  };
}

/** On a screen no line is wider than the screen; files and pipes get lines as they are, so that they can be searched. */
function fitted(text: string, { isTty }: TextStream, { width }: TextOptions): string {
  return isTty ? wrapLines(text, width) : text;
}

function textOptions(stream: TextStream, { env }: Context, color: ColorMode): TextOptions {
  const traits = { env, isTty: stream.isTty };
  return {
    style: createStyle({ color: wantsColor(color, traits), unicode: wantsUnicode(traits) }),
    // Very wide terminals would tear names and places apart.
    width: Math.min(Math.max(40, stream.columns || usualWidth), 120),
  };
}
