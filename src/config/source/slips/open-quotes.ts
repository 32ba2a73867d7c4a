import { visit, type Document, type YAMLError } from "yaml";
import type { SyntaxSlip } from "./slip.ts";

/** A text without its closing quote. */
export const openQuotes: SyntaxSlip = ({ text, errors, documents }) => {
  const error = errors.find(isOpenQuote);
  if (error === undefined) return [];
  const opening = openingOf(error.pos[0], documents);
  const start = opening ?? error.pos[0];
  const quote = text[start] === '"' ? '"' : "'";
  const hint = `write the missing ${quote}; one inside the text must be ${quote === "'" ? "doubled" : "escaped"}`;
  return [{ code: "KS1003", message: "the text in quotes that opens here is not closed", start, end: start + 1, hint }];
};

function isOpenQuote(error: YAMLError): boolean {
  return error.code === "MISSING_CHAR" && error.message.includes("quote");
}

/** The place of the opening quote; the parser points at the end of the line, where the closing one is missing. */
function openingOf(end: number, documents: readonly Document.Parsed[]): number | undefined {
  let opening: number | undefined;
  for (const document of documents) {
    visit(document, {
      Scalar(_key, { range }) {
        if (range?.[1] === end) [opening] = range;
      },
    });
  }
  return opening;
}
