import { expect, it } from "vitest";
import { keywordVerdict } from "../../src/query/keyword.ts";

const page = "<html>\n<body><h1>Welcome</h1>   to a page of more than fifty characters, which is cut</body></html>";

it.each([
  ["a word of the body", '{"a":1}', '"a":1', false, "up", "200 - OK, keyword is found"],
  // JSON is written anew before it is searched.
  ["JSON as it was sent", '{"a": 1}', '"a": 1', false, "down", '200 - OK, but keyword is not in [{"a":1}]'],
  ["another case", "Welcome", "welcome", false, "down", "200 - OK, but keyword is not in [Welcome]"],
  ["an absent word, inverted", "fine", "error", true, "up", "200 - OK, keyword not found"],
  ["a present word, inverted", "an error", "error", true, "down", "200 - OK, but keyword is present in [an error]"],
  ["the empty word", "", "", false, "up", "200 - OK, keyword is found"],
  ["NULL", "fine", null, false, "down", "200 - OK, but keyword is not in [fine]"],
  ["NULL in a body that says null", "null", null, false, "up", "200 - OK, keyword is found"],
  ["a body with a byte order mark", '\uFEFF{"a": 1}', '{"a":1}', false, "up", "200 - OK, keyword is found"],
  [
    "a page without the word",
    page,
    "Goodbye",
    false,
    "down",
    "200 - OK, but keyword is not in [Welcome  to a page of more than fifty character...]",
  ],
] as const)("%s", (_, body, keyword, isInverted, status, message) => {
  expect(keywordVerdict({ body, keyword, isInverted })).toMatchObject({ status, message });
});
