import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isLoopback, originOf } from "../../src/kuma/origin.ts";

describe("the same server", () => {
  test.each([
    ["https://Kuma.Example.com", "https://kuma.example.com"],
    ["https://kuma.example.com:443/path?x=1#y", "https://kuma.example.com"],
    ["https://kuma.example.com.", "https://kuma.example.com"],
    ["wss://kuma.example.com./", "https://kuma.example.com"],
    ["ws://kuma.example.com", "http://kuma.example.com"],
    ["http://kuma.example.com:80", "http://kuma.example.com"],
    ["https://user:pass@kuma.example.com", "https://kuma.example.com"],
    ["http://127.1:3001", "http://127.0.0.1:3001"],
    ["http://0x7f000001:3001", "http://127.0.0.1:3001"],
    ["http://[0:0:0:0:0:0:0:1]:3001", "http://[::1]:3001"],
    ["https://bücher.example", "https://xn--bcher-kva.example"],
    [String.raw`https://kuma.example.com\@evil.example`, "https://kuma.example.com"],
  ])("%s is %s", (address, origin) => {
    expect(originOf(address)).toBe(origin);
  });

  test.each([
    ["scheme", "http://kuma.example.com"],
    ["port", "https://kuma.example.com:8443"],
    ["host", "https://kuma.example.com.evil.example"],
    ["user that looks like the host", "https://kuma.example.com@evil.example"],
  ])("another %s is another server", (_name, address) => {
    expect(originOf(address)).not.toBe("https://kuma.example.com");
  });

  test.each(["", "kuma.example.com", "ftp://kuma.example.com", "https://", "file:///etc/passwd", "javascript:1"])(
    "%j is not an address of a server",
    (text) => {
      expect(originOf(text)).toBeUndefined();
    },
  );

  test("an origin is its own origin", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
        const origin = originOf(address);
        expect(origin).toMatch(/^https?:/u);
        expect(originOf(origin ?? "")).toBe(origin);
      }),
    );
  });
});

describe("loopback", () => {
  test.each([
    "http://localhost:3001",
    "http://kuma.localhost",
    "http://127.8.9.1",
    "http://[::1]",
    "http://[::ffff:127.0.0.1]",
  ])("%s", (address) => {
    expect(isLoopback(originOf(address) as string)).toBe(true);
  });
  test.each([
    "http://localhost.evil.example",
    "http://127.0.0.1.evil.example",
    "http://10.0.0.1",
    "http://[::2]",
    "http://0.0.0.0",
  ])("not %s", (address) => {
    expect(isLoopback(originOf(address) as string)).toBe(false);
  });
});
