import { describe, expect, it } from "vitest";
import { createStyle, wantsColor, wantsUnicode, type ColorMode } from "../../src/output/style.ts";

type Env = Readonly<Record<string, string>>;

describe("colour", () => {
  it.each<[ColorMode, Env, boolean, boolean]>([
    ["auto", {}, true, true],
    ["auto", {}, false, false],
    ["auto", { NO_COLOR: "1" }, true, false],
    ["auto", { NO_COLOR: "" }, true, true],
    ["auto", { FORCE_COLOR: "1" }, false, true],
    ["auto", { FORCE_COLOR: "0" }, true, false],
    ["auto", { FORCE_COLOR: "1", NO_COLOR: "1" }, true, false],
    ["auto", { TERM: "dumb" }, true, false],
    ["always", { NO_COLOR: "1" }, false, true],
    ["never", { FORCE_COLOR: "1" }, true, false],
  ])("%s with %j and terminal %s: %s", (mode, env, isTty, expected) => {
    expect(wantsColor(mode, { env, isTty })).toBe(expected);
  });

  it("does not depend on the stream that Node would look at", () => {
    expect(createStyle({ color: true, unicode: true }).red("x")).toBe("\u001B[31mx\u001B[39m");
    expect(createStyle({ color: false, unicode: true }).red("x")).toBe("x");
  });
});

describe("symbols", () => {
  it.each<[Env, boolean, boolean]>([
    [{ LANG: "en_US.UTF-8" }, true, true],
    [{ LANG: "en_US.UTF-8" }, false, false],
    [{ LANG: "en_US.UTF-8", LC_ALL: "C" }, true, false],
    [{ LC_CTYPE: "C.utf8" }, true, true],
    [{}, true, false],
    [{ LANG: "C.UTF-8", TERM: "dumb" }, true, false],
  ])("%j on terminal %s: unicode %s", (env, isTty, expected) => {
    expect(wantsUnicode({ env, isTty })).toBe(expected);
  });
});
