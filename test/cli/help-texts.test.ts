import { expect, test } from "vitest";
import { allHelpTexts } from "./whole-program.ts";

// Commander wraps the flags to the terminal, and leaves these texts as they are.
test.each(Object.entries(await allHelpTexts()))("the help of %s fits in 80 columns", (_, text) => {
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
