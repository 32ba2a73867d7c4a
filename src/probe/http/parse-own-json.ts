import { messageOf } from "../check-result.ts";

/**
 * JSON that the monitor is to send. The error is the parser's, as on the server, but for the piece of the text that it
 * quotes: these texts hold secrets.
 */
export function parseOwnJson(text: string, before = ""): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    // The cause would quote it too, so there is none.
    throw new SyntaxError(
      before + messageOf(error).replace(/^Unexpected token.* is not valid JSON$/s, "not valid JSON"),
    );
  }
}
