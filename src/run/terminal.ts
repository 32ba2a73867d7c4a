/**
 * Where a command says things. Results go to stdout; progress, questions and warnings go to stderr, so that stdout carries
 * exactly what was asked for.
 */
import { columnsOf, shorten } from "../output/layout/columns.ts";
import { placesOf } from "../output/document-places.ts";
import { serialise, type Document } from "../output/json.ts";
import type { OutputFormat } from "../output/report-format.ts";
import { createStyle, wantsColor, wantsUnicode, type TextOptions } from "../output/style.ts";
import type { Places } from "../secrets/places.ts";
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
   * The same data free of secrets, from which text is rendered. The text is redacted again when it is written (docs/decisions),
   * but a secret that rendering has cut or escaped is not recognised there.
   */
  withoutSecrets<Data>(data: Data, places: Places<Data>): Data;
  /** Text for people on stdout, complete with its line breaks. Nothing in other formats, where a document says it all. */
  print(text: string): void;
  /** The one document of JSON format. Nothing in other formats. */
  printDocument(document: Document): void;
  /** The one document of any other format than human, rendered from data that is free of secrets. */
  printRendered(text: string): void;
  /** Progress that stays, unless --quiet. */
  note(text: string): void;
  /** What must be seen: warnings, refusals, errors. */
  alert(text: string): void;
  /** What is going on now: one line that the next one replaces. Also kept with --verbose. */
  status(text: string): void;
  clearStatus(): void;
}

export function createTerminal(context: Context, flags: OutputFlags): Terminal {
  const { stdout, stderr, redactor } = context;
  const isQuiet = flags.quiet === true;
  const isVerbose = flags.verbose === true;
  const { format } = flags;
  const isJson = format === "json";
  const out = textOptions(stdout, context, flags);
  const err = textOptions(stderr, context, flags);
  const isLive = stderr.isTty && !isQuiet && context.env["TERM"] !== "dumb";
  const started = context.now();
  let hasStatus = false;

  const clearStatus = (): void => {
    if (hasStatus) stderr.write("\r\u001B[2K");
    hasStatus = false;
  };
  const alert = (text: string): void => {
    clearStatus();
    stderr.write(redactor.text(text));
  };

  return {
    format,
    isJson,
    isVerbose,
    out,
    err,
    withoutSecrets: (data, places) => redactor.data(data, places),
    print: (text) => {
      if (format !== "human") return;
      clearStatus();
      stdout.write(redactor.text(text));
    },
    printDocument: (document) => {
      if (!isJson) return;
      clearStatus();
      stdout.write(serialise(redactor.data(document, placesOf(document))));
    },
    printRendered: (text) => {
      if (format === "human") return;
      clearStatus();
      // Not redacted again: cut out of a text, a secret that is a word of the format would break it.
      stdout.write(text);
    },
    note: (text) => {
      if (!isQuiet) alert(text);
    },
    alert,
    status: (text) => {
      if (isVerbose) {
        alert(err.style.dim(`[${((context.now() - started) / 1000).toFixed(2)}s] ${text}`) + "\n");
        return;
      }
      if (!isLive) return;
      clearStatus();
      const line = shorten(redactor.text(text), err.width - 1, err.style.symbols.ellipsis);
      hasStatus = columnsOf(line) > 0;
      stderr.write(err.style.dim(line));
    },
    clearStatus,
  };
}

function textOptions(stream: TextStream, { env }: Context, flags: OutputFlags): TextOptions {
  const traits = { env, isTty: stream.isTty };
  return {
    style: createStyle({ color: wantsColor(flags.color, traits), unicode: wantsUnicode(traits) }),
    // Very wide terminals would tear names and places apart.
    width: Math.min(Math.max(40, stream.columns || usualWidth), 120),
  };
}
