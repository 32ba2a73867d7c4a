import { describe, expect, it } from "vitest";
import { whyNotJson } from "../../src/query/not-json.ts";

describe("why a body is not JSON", () => {
  it.each([
    ['{"a":1}\n{"a":2}\n', "it has 2 JSON documents, one a line (NDJSON)"],
    [')]}\'\n{"a":1}', ")]}' stands before the JSON"],
    [")]}',\n[1]", ")]}', stands before the JSON"],
    ["while(1);[1]", "while(1); stands before the JSON"],
    ["for (;;);{}", "for (;;); stands before the JSON"],
    ['cb({"a":1});', "it is a call of cb(…) (JSONP)"],
    ['event: message\ndata: {"a":1}\n\n', "it is an event stream"],
    ["data: [DONE]\n\n", "it is an event stream"],
    ["<!doctype html><html></html>", "it is an HTML page"],
    ['<?xml version="1.0"?><a/>', "it is XML"],
    ["<status>ok</status>", "it is markup"],
    ["", "it is empty"],
    ["  \n", "it is empty"],
    ['{"a":1,}', "it has a comma before a closing bracket"],
    ["{'a':1}", "it has single quotes"],
    ['{"a":NaN}', "it has NaN, Infinity or undefined"],
    ['{"a":True}', "it has Python's True, False or None"],
    ['{"a":1 /* one */}', "it has comments"],
    ["{a:1}", "it has names without quotes"],
    ['{"a":{"b":', "it begins like JSON, and has an error in it or is cut off"],
    ["up", "it is plain text"],
  ])("%j: %s", (body, what) => {
    expect(whyNotJson(body)?.what).toBe(what);
  });

  it.each(['{"a":1}', "\uFEFF[1]", "null", '"text, with NaN"', ' {"a":"single \' quote"}\n'])("%j is JSON", (body) => {
    expect(whyNotJson(body)).toBeUndefined();
  });

  it("does not take long for a long body", () => {
    expect(whyNotJson("(".repeat(200_000))?.what).toBe("it is plain text");
    expect(whyNotJson(`f(${"[".repeat(200_000)}`)?.what).toBe("it is plain text");
  });
});
