import { describe, expect, it } from "vitest";
import { html, lines, partOfInert } from "../../../src/output/html/markup.ts";

describe("the html tag", () => {
  it("escapes every text, in elements and in attributes", () => {
    const text = `<b title="x" lang='y'>&amp;`;
    const escaped = "&lt;b title=&quot;x&quot; lang=&#39;y&#39;&gt;&amp;amp;";
    expect(html`<p title="${text}">${text}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it("makes control characters visible", () => {
    expect(html`${"a\u001B[2Jb\u202Ec"}`.text).toBe(String.raw`a\x1b[2Jb\u{202e}c`);
  });

  it("keeps HTML that it made itself, also in lists, and leaves out undefined and false", () => {
    const items = ["a", "<"].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}${undefined}${false}${0}</ul>`.text).toBe("<ul><li>a</li><li>&lt;</li>0</ul>");
  });

  it("does not take an object that looks like its own for HTML", () => {
    const forged = JSON.parse('{"text":"<script>"}') as never;
    expect(() => html`${forged}`).toThrow(TypeError);
  });

  it("escapes the markup of a part of harmless text and nothing else", () => {
    expect(html`${partOfInert("::error::<")}`.text).toBe("::error::&lt;");
  });

  it("puts each part that is not empty on its own line", () => {
    expect(lines([html`a`, undefined, html``, html`b`]).text).toBe("a\nb");
  });
});
