/**
 * Prints the output of a command. Results go to stdout; progress, questions and warnings go to stderr, so that stdout
 * contains exactly what was asked for.
 */
import { columnsOf, shorten } from "../output/layout/columns.ts";
import { wrapLines } from "../output/layout/wrap.ts";
import { placesOf } from "../output/document-places.ts";
import { serialise, type Document } from "../output/json.ts";
import { outputFormats, type OutputFormat } from "../output/report-format.ts";
import type { Places } from "../secrets/places.ts";
import { createStyle, type ColorMode, wantsColor, wantsUnicode, type TextOptions } from "../output/style.ts";
import type { Context, TextStream } from "./context.ts";
import type { OutputFlags } from "./flags.ts";

/** The width for files and pipes, which do not wrap. A CI log shows this many columns without scrolling. */
const usualWidth = 100;

export interface Terminal {
  /** The format of stdout. A format that only the command has counts as human: what it says besides is for people. */
  readonly format: OutputFormat;
  readonly isJson: boolean;
  readonly isVerbose: boolean;
  /** How text for each of the streams is formatted. */
  readonly out: TextOptions;
  readonly err: TextOptions;
  /**
   * The same data free of secrets, from which text is rendered. The text is redacted again when it is written (docs/decisions/0022-secrets.md),
   * but a secret that rendering has cut or escaped is not recognised there.
   */
  withoutSecrets<Data>(data: Data, places: Places<Data>): Data;
  /**
   * Text on stdout, with its line breaks. In other formats nothing is printed, because a document contains everything.
   */
  print(text: string): void;
  /** The same for YAML and JSON, which must not be wrapped. */
  printVerbatim(text: string): void;
  /** The document of the JSON format. Does nothing in other formats. */
  printDocument(document: Document): void;
  /** The text of any other format except human, rendered from redacted data. */
  printRendered(text: string): void;
  /** A result that was asked for although it is a secret: as it is, in every format. */
  printSecret(text: string): void;
  /** Progress that stays on the screen, unless --quiet. */
  note(text: string): void;
  /** Warnings, refusals and errors, which must always be seen. */
  alert(text: string): void;
  /** What is happening now, in one line that the next output replaces. With --verbose it stays. */
  status(text: string): void;
}

/** Without flags of its own, a command prints text, with colours if the stream has them. */
export function createTerminal(context: Context, flags: Partial<OutputFlags<string>>): Terminal {
  const { stdout, stderr, statusLine, redactor } = context;
  const { format: wanted, color = "auto", quiet: isQuiet = false, verbose: isVerbose = false } = flags;
  const format = outputFormats.find((one) => one === wanted) ?? "human";
  const isJson = format === "json";
  const out = textOptions(stdout, context, color);
  const err = textOptions(stderr, context, color);
  const isLive = stderr.isTty && !isQuiet && context.env["TERM"] !== "dumb";
  const started = context.now();

  // Redacted before wrapping, because a secret that is split over two lines would not be recognised.
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
      // Not redacted again: replacing a secret that is a word of the format would break the document.
      if (format !== "human") stdout.write(text);
    },
    printSecret: (text) => stdout.write(text),
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

/** On a screen, no line is wider than the screen. Files and pipes get unwrapped lines, so that they can be searched. */
function fitted(text: string, { isTty }: TextStream, { width }: TextOptions): string {
  return isTty ? wrapLines(text, width) : text;
}

function textOptions(stream: TextStream, { env }: Context, color: ColorMode): TextOptions {
  const traits = { env, isTty: stream.isTty };
  return {
    style: createStyle({ color: wantsColor(color, traits), unicode: wantsUnicode(traits) }),
    // On very wide terminals, names and places would be far apart.
    width: Math.min(Math.max(40, stream.columns || usualWidth), 120),
  };
}
