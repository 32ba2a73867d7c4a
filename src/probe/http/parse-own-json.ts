import { messageOf } from "../check-result.ts";

/**
 * Parses JSON that the monitor will send. The error is the parser's, as on the server, but without the part of the text
 * that it quotes, because these texts hold secrets.
 */
export function parseOwnJson(text: string, before = ""): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // Thrown without a cause, which would quote the text too.
    throw new SyntaxError(
      before + messageOf(error).replace(/^Unexpected token.* is not valid JSON$/s, "not valid JSON"),
    );
  }
}
