import { describe, expect, it } from "vitest";
import { placeInFile } from "../../../src/workflows/environment/env-file-problem.ts";
import { evaluateEnvFile } from "../../../src/workflows/environment/evaluate-env-file.ts";

function read(text: string, env: Readonly<Record<string, string>> = {}, before: Readonly<Record<string, string>> = {}) {
  const { values, problems, warnings } = evaluateEnvFile(text, env, new Map(Object.entries(before)));
  const said = (problem: (typeof problems)[number]) =>
    `${placeInFile("x.env", text, problem.offset)} ${problem.message}`;
  return { values: Object.fromEntries(values), problems: problems.map(said), warnings: warnings.map(said) };
}

/** What Docker Compose's documentation shows, and compose-go 2.16.2 does. */
describe("an env file is read as Docker Compose reads it", () => {
  it.each([
    ["VAR=VAL", "VAL"],
    ['VAR="VAL"', "VAL"],
    ["VAR='VAL'", "VAL"],
    ["VAR=VAL # comment", "VAL"],
    ["VAR=VAL# not a comment", "VAL# not a comment"],
    ['VAR="VAL # not a comment"', "VAL # not a comment"],
    ['VAR="VAL" # comment', "VAL"],
    ["VAR='$OTHER'", "$OTHER"],
    ["VAR='${OTHER}'", "${OTHER}"],
    [String.raw`VAR='Let\'s go!'`, "Let's go!"],
    [String.raw`VAR="{\"hello\": \"json\"}"`, '{"hello": "json"}'],
    [String.raw`VAR="some\tvalue"`, "some\tvalue"],
    [String.raw`VAR='some\tvalue'`, String.raw`some\tvalue`],
    [String.raw`VAR=some\tvalue`, String.raw`some\tvalue`],
    [String.raw`VAR="a\n\r\\b"`, "a\n\r\\b"],
    [String.raw`VAR="Z\aZ\bZ\fZ\vZ\0123Z"`, "Z\u0007Z\bZ\fZ\vZSZ"],
    [String.raw`VAR="\x07\u12e4"`, String.raw`\x07\u12e4`],
    [String.raw`VAR="a\$b"`, "a$b"],
    ["VAR=a$$b", "a$b"],
    ["VAR=a$ b$1", "a$ b$1"],
    ["export VAR=VAL", "VAL"],
    ["\texport\tVAR = VAL ", "VAL"],
    ["VAR: VAL", "VAL"],
    ["VAR=", ""],
    ["VAR=a=b:c", "a=b:c"],
    ["VAR=first\nVAR=second", "second"],
    ["VAR='one\ntwo # three'", "one\ntwo # three"],
    ['VAR="one\r\ntwo"\r\n', "one\r\ntwo"],
    ["VAR=VAL\r\n", "VAL"],
    ["\uFEFFVAR=VAL", "VAL"],
    ["# comment\n\n  # more\nVAR=VAL", "VAL"],
    ["INHERITED\nVAR=VAL", "VAL"],
  ])("%j", (text, value) => {
    expect(read(text)).toEqual({ values: { VAR: value }, problems: [], warnings: [] });
  });

  it.each([
    ["$SET", "set"],
    ["${SET}", "set"],
    ['"${SET} and $SET"', "set and set"],
    ["${SET:-other}", "set"],
    ["${EMPTY:-other}", "other"],
    ["${EMPTY-other}", ""],
    ["${UNSET:-other}", "other"],
    ["${UNSET-other}", "other"],
    ["${UNSET:-}", ""],
    ["${SET:?no}", "set"],
    ["${EMPTY?no}", ""],
    ["${SET:+other}", "other"],
    ["${EMPTY:+other}", ""],
    ["${EMPTY+other}", "other"],
    ["${UNSET+other}", ""],
    ["${UNSET:-${EMPTY:-${SET}}}", "set"],
    ['${UNSET:-{"a":1}}', '{"a":1}'],
    ["${UNSET:-$$SET}", "$SET"],
  ])("%s", (value, expanded) => {
    const { values, problems, warnings } = read(`SET=set\nEMPTY=\nVAR=${value}`);
    expect({ value: values["VAR"], problems, warnings }).toEqual({ value: expanded, problems: [], warnings: [] });
  });

  it("lets the environment win in what it interpolates, then the lines above, then the files before", () => {
    const text = "A=file\nB=file\nVAR=$A-$B-$C";
    expect(read(text, { A: "env" }, { B: "before", C: "before" }).values["VAR"]).toBe("env-file-before");
  });

  it("takes a comment after the sign for a comment, as the documentation says and compose-go does not", () => {
    expect(read("VAR= # nothing yet\nOTHER=#fff").values).toEqual({ VAR: "", OTHER: "#fff" });
  });
});

describe("mistakes have a place and hold nothing of the file", () => {
  it.each([
    ["S3cret word=1", "x.env:1:8 a name is followed by ="],
    ["A=1\n  =S3cret", "x.env:2:3 a line must start with a variable's name"],
    ["$S3cret=1", "x.env:1:1 a line must start with a variable's name"],
    ["A=1\nB='S3cret\nC=2", "x.env:2:3 the quote of B is not closed"],
    ['A="S3cret" more', "x.env:1:12 text follows the closing quote of A"],
    ["A='it'\\''s'", "x.env:1:7 text follows the closing quote of A"],
    ["A=S3cret${", "x.env:1:3 A: a ${ is not closed"],
    ["A=${S3cret!}", "x.env:1:3 A: a ${…} is not a variable"],
    ["A=${B:?ask the team}", "x.env:1:3 A: B must be set: ask the team"],
    ["A=${B?}", "x.env:1:3 A: B must be set"],
    [`A=${"${B:-".repeat(60)}${"}".repeat(60)}`, "x.env:1:3 A: ${…} are nested more than 50 deep"],
  ])("%j", (text, problem) => {
    const { problems } = read(text);
    expect(problems).toEqual([problem]);
    expect(JSON.stringify(problems)).not.toContain("S3cret");
  });

  it("are all found", () => {
    expect(read("no sign\nA=1\n!\n${\nB=$").problems).toHaveLength(3);
  });

  it("warn of a variable that is not set, without what follows the dollar sign", () => {
    const { values, warnings } = read("PASSWORD=pa$S3cret\nOTHER='pa$S3cret'");
    expect(values).toEqual({ PASSWORD: "pa", OTHER: "pa$S3cret" });
    expect(warnings).toEqual(["x.env:1:10 PASSWORD uses a variable that is not set"]);
  });

  it("stop values that double with each line", () => {
    const lines = Array.from({ length: 40 }, (_, index) => `A${index + 1}=$A${index}$A${index}`);
    expect(read(["A0=word", ...lines].join("\n")).problems[0]).toBe(
      "x.env:17:5 A16: variables expand to more than 128 KiB",
    );
  });
});
