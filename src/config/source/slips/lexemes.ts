import { Lexer } from "yaml";

/** A piece of the text: a bracket, a scalar, a blank. */
export interface Lexeme {
  readonly start: number;
  readonly text: string;
}

/** The lexer inserts this if a flow collection ends without its bracket because the next line is not indented enough. */
export const flowEnd = "\u0018";
/** The lexer inserts these, also before a document and before a scalar; they are not in the text. */
const marks = new Set(["\u0002", flowEnd, "\u001F"]);

/** All lexemes in order, including the marks that are not in the text. */
export function lexemesOf(source: string): readonly Lexeme[] {
  const lexemes: Lexeme[] = [];
  let start = 0;
  for (const text of new Lexer().lex(source)) {
    lexemes.push({ start, text });
    if (!marks.has(text)) start += text.length;
  }
  return lexemes;
}
