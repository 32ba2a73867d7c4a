/** The slips that break a text, in the order in which they are tried. A new one is a file beside this one and a line here. */
import { afterBrackets } from "./after-brackets.ts";
import { codeFence } from "./code-fence.ts";
import { conflictMarkers } from "./conflict-markers.ts";
import { equalsSigns } from "./equals-signs.ts";
import { indentation } from "./indentation.ts";
import { innerQuotes } from "./inner-quotes.ts";
import { invisibleCharacters } from "./invisible-characters.ts";
import { missingBlanks } from "./missing-blanks.ts";
import { missingColons } from "./missing-colons.ts";
import { missingCommas } from "./missing-commas.ts";
import { openBrackets } from "./open-brackets.ts";
import { openQuotes } from "./open-quotes.ts";
import { reservedStarts } from "./reserved-starts.ts";
import { secondColons } from "./second-colons.ts";
import { slashComments } from "./slash-comments.ts";
import type { BrokenText, Slip, SyntaxSlip } from "./slip.ts";
import { smartQuotes } from "./smart-quotes.ts";
import { unquotedExpressions } from "./unquoted-expressions.ts";

/** What says more about the file comes first; a bracket may only seem open because of a slip above it. */
const syntaxSlips: readonly SyntaxSlip[] = [
  conflictMarkers,
  codeFence,
  slashComments,
  invisibleCharacters,
  smartQuotes,
  unquotedExpressions,
  openQuotes,
  innerQuotes,
  missingCommas,
  afterBrackets,
  reservedStarts,
  openBrackets,
  missingBlanks,
  equalsSigns,
  missingColons,
  indentation,
  secondColons,
];

/** What broke the text; none when it is not one of these. */
export function findSyntaxSlips(broken: BrokenText): readonly Slip[] {
  for (const slip of syntaxSlips) {
    const found = slip(broken);
    if (found.length > 0) return found;
  }
  return [];
}
