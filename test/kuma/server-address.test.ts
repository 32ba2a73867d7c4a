import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseServerAddress } from "../../src/kuma/server-address.ts";
import { UsageError } from "../../src/model/errors.ts";

describe("parseServerAddress", () => {
  test.each([
    ["http://localhost:3001", "http://localhost:3001", ""],
    ["http://localhost:3001/", "http://localhost:3001", ""],
    ["https://host/kuma", "https://host", "/kuma"],
    ["https://host/a/b//?x=1#y", "https://host", "/a/b"],
    ["ws://host:3001", "http://host:3001", ""],
    ["wss://host", "https://host", ""],
    ["HTTP://HOST:80", "http://host", ""],
    ["http://[::1]:3001", "http://[::1]:3001", ""],
  ])("%s", (text, origin, basePath) => {
    expect(parseServerAddress(text)).toEqual({ url: origin + basePath, origin, basePath });
  });

  test.each(["", "localhost", "localhost:3001", "ftp://host", "http://", "unix:/x"])("refuses %j", (text) => {
    expect(() => parseServerAddress(text)).toThrow(UsageError);
  });

  test("refuses credentials and never repeats them", () => {
    const part = fc.stringMatching(/^[a-z0-9]{8,12}$/);
    fc.assert(
      fc.property(part, part, (user, password) => {
        const caught = (() => {
          try {
            return parseServerAddress(`https://${user}:${password}@host/`);
          } catch (error) {
            return error as UsageError;
          }
        })();
        expect(caught).toBeInstanceOf(UsageError);
        const said = `${(caught as UsageError).message} ${(caught as UsageError).hint}`;
        expect(said).not.toContain(user);
        expect(said).not.toContain(password);
      }),
    );
  });
});
