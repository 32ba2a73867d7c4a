/** Colours and symbols. They are decoration: every line has the same meaning without them. */
import { styleText } from "node:util";

export type ColorMode = "auto" | "always" | "never";

interface Symbols {
  readonly arrow: string;
  readonly done: string;
  readonly failed: string;
  readonly adopt: string;
  readonly dot: string;
  readonly ellipsis: string;
}

type Paint = (text: string) => string;

export interface Style {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly red: Paint;
  readonly green: Paint;
  readonly yellow: Paint;
  readonly cyan: Paint;
  readonly symbols: Symbols;
}

/** What every text renderer needs to know about the screen, file or pipe. */
export interface TextOptions {
  readonly style: Style;
  /** Maximum columns of a line. */
  readonly width: number;
}

const unicodeSymbols: Symbols = { arrow: "→", done: "✓", failed: "✗", adopt: "←", dot: "·", ellipsis: "…" };
const asciiSymbols: Symbols = { arrow: "->", done: "ok", failed: "FAILED", adopt: "<", dot: "-", ellipsis: "..." };

export function createStyle({ color, unicode }: { readonly color: boolean; readonly unicode: boolean }): Style {
  // The caller decided about colours by the right stream; newer releases of Node would check stdout again.
  const paint =
    (format: "bold" | "dim" | "red" | "green" | "yellow" | "cyan"): Paint =>
    (text) =>
      color && text !== "" ? styleText(format, text, { validateStream: false }) : text;
  return {
    bold: paint("bold"),
    dim: paint("dim"),
    red: paint("red"),
    green: paint("green"),
    yellow: paint("yellow"),
    cyan: paint("cyan"),
    symbols: unicode ? unicodeSymbols : asciiSymbols,
  };
}

export interface StreamTraits {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTty: boolean;
}

/** A flag takes precedence over the environment, and NO_COLOR over FORCE_COLOR (no-color.org). */
export function wantsColor(mode: ColorMode, { env, isTty }: StreamTraits): boolean {
  if (mode !== "auto") return mode === "always";
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return isTty && env["TERM"] !== "dumb";
}

export function wantsUnicode({ env, isTty }: StreamTraits): boolean {
  const locale = env["LC_ALL"] || env["LC_CTYPE"] || env["LANG"] || "";
  return isTty && env["TERM"] !== "dumb" && /utf-?8/iu.test(locale);
}
