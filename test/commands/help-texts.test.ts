import { expect, test } from "vitest";
import { commandHelp, programHelp } from "../../src/cli/help-texts.ts";

// Commander wraps the flags to the terminal, and leaves these texts as they are.
test.each(Object.entries({ ...commandHelp, program: programHelp }))("%s fits on 80 columns", (_, text) => {
  expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
});
