import { describe, expect, test } from "vitest";
import { allowedOrigins } from "../../../src/workflows/connection/allowed-hosts.ts";
import { UsageError } from "../../../src/model/errors.ts";

describe("KUMA_SYNC_HOSTS", () => {
  test.each([
    ["", []],
    ["kuma.example.com", ["https://kuma.example.com"]],
    ["Kuma.Example.com.,  kuma.example.com:443\n", ["https://kuma.example.com"]],
    ["kuma.example.com:8443", ["https://kuma.example.com:8443"]],
    ["http://kuma.lan:3001", ["http://kuma.lan:3001"]],
    ["localhost:3001", ["https://localhost:3001", "http://localhost:3001"]],
    ["[::1]:3001", ["https://[::1]:3001", "http://[::1]:3001"]],
    ["a.example, b.example c.example", ["https://a.example", "https://b.example", "https://c.example"]],
  ])("%j", (list, origins) => {
    expect(allowedOrigins(list)).toEqual(origins);
  });

  test.each([
    "kuma.example.com/path",
    "https://kuma.example.com/path",
    "user:hunter22@kuma.example.com",
    "https://user:hunter22@kuma.example.com",
    "kuma.example.com?x",
    "kuma.example.com#x",
    String.raw`kuma.example.com\x`,
    "ftp://kuma.example.com",
    "*.example.com/",
    "kuma.example.com:99999",
  ])("refused: %s", (entry) => {
    expect(() => allowedOrigins(`kuma.example.com,${entry}`)).toThrow(UsageError);
    expect(() => allowedOrigins(entry)).not.toThrow("hunter22");
  });
});
