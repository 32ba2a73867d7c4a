import type { SyntaxSlip } from "./slip.ts";

/** The markers that Git writes into a file with a conflict. */
export const conflictMarkers: SyntaxSlip = ({ text }) => {
  const found = /^(?:<{7}|>{7}) .*$/mu.exec(text);
  if (found === null) return [];
  return [
    {
      code: "KS1003",
      message: "the file holds a conflict that Git could not merge",
      start: found.index,
      end: found.index + found[0].length,
      hint: "keep one of the two versions, and remove the lines with <<<<<<<, ======= and >>>>>>>",
    },
  ];
};
