import { expect, test } from "vitest";
import { valueOrigins } from "../../src/config/value-origins.ts";
import { originsText } from "../../src/output/words/origin.ts";
import { loadText } from "./load-text.ts";

test("every value of a plan says where it is written, whichever part of the configuration that is", async () => {
  const config = await loadText(`version: 1
project: p
tags: { a: {}, b: {} }
defaults:
  monitor: { maxRetries: 2 }
  http: { timeout: 20s }
templates:
  web: { type: http, tags: [a], headers: { A: "1" } }
  floor: { type: group, defaults: { resendInterval: 3 } }
targets: { prod: { overrides: { monitor/m: { maxRedirects: 3 } } } }
monitors:
  edge: { type: group, defaults: { interval: 30s } }
  m:
    use: web
    url: https://a.example
    parent: edge
    tags: { add: [b] }
    headers: { B: "2" }
  inner: { use: floor }
  n: { type: ping, hostname: a, parent: inner }
`);
  expect(config.findings).toEqual([]);
  const originsOf = valueOrigins(config);
  const shown = (key: "monitor/m" | "monitor/n", path: string): string | undefined => originsText(originsOf(key, path));
  expect(
    ["/maxRetries", "/timeout", "/interval", "/tags", "/url", "/headers", "/maxRedirects", "/upsideDown"].map((path) =>
      shown("monitor/m", path),
    ),
  ).toEqual([
    "defaults.monitor, <stdin>:5",
    "defaults.http, <stdin>:6",
    "defaults of group edge, <stdin>:12",
    "template web, <stdin>:8 + <stdin>:17",
    "<stdin>:15",
    "<stdin>:18 + template web, <stdin>:8",
    "override of target prod, <stdin>:10",
    undefined,
  ]);
  // A group has them from a template.
  expect(shown("monitor/n", "/resendInterval")).toBe("template floor, <stdin>:9");
});
