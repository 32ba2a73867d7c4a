/** How a drill is told, in each format. */
import { describe, expect, it } from "vitest";
import { renderDrill } from "../../src/output/human/drill.ts";
import { columnsOf } from "../../src/output/layout/columns.ts";
import { renderData } from "../../src/output/render-data.ts";
import { createStyle } from "../../src/output/style.ts";
import { drilled } from "./run-data.ts";

const style = createStyle({ color: false, unicode: false });

describe("for people", () => {
  it("fits 80 columns: numbers, what is wrong, what was seen, what was not drilled", () => {
    const text = renderDrill(drilled.monitors, { style, width: 80, ms: drilled.ms, isFull: false });
    expect(text.split("\n").filter((line) => columnsOf(line) > 80)).toEqual([]);
    expect(text).toMatchInlineSnapshot(`
      "        MONITOR  BREAKAGES DETECTED  MISSED  FALSE ALARMS  NOTIFIED
        FAIL  API      1 of 2              1       0 of 1        1 of 1

        API (json-query)
          problem    it stayed up for "status 503", and test says down
          help       the server and kuma-sync disagree: that is a bug of kuma-sync;
                     please report the monitor, its sample and the server's version
          went up    healthy response, 12ms: 200 - OK
          went down  empty body
          stayed up  status 503, pretty printed
          notified   [DRILL API: empty body] [Down] no value
                     each within 31ms
          note       the monitor retries before it notifies, which takes 3m more
          note       3 of 84 variants; --all tries every one

        Not drilled:
          Refunds: no listener here can play the part of what redis monitors ask

      1 monitor drilled in 41s: 1 failed. 1 monitor not drilled.
      "
    `);
  });

  it("describes only what did not pass when there are many", () => {
    const [failing, skipped] = drilled.monitors;
    if (failing === undefined || skipped === undefined) throw new Error("no monitors");
    const variants = failing.variants.filter(({ name }) => name !== "status 503");
    const passing = Array.from({ length: 12 }, (_, index) => ({ ...failing, name: `Fine ${index}`, variants }));
    const many = [...passing, failing, skipped];
    const text = renderDrill(many, { style, width: 80, ms: 1000, isFull: false });
    expect(text.match(/went up/gu)).toHaveLength(1);
    expect(renderDrill(many, { style, width: 80, ms: 1000, isFull: true }).match(/went up/gu)).toHaveLength(13);
  });

  it("says when there was nothing to drill", () => {
    expect(renderDrill([], { style, width: 80, ms: 5, isFull: false })).toBe("\nNo monitor was drilled.\n");
  });
});

describe("for machines", () => {
  it("is JUnit with a case for each variant", () => {
    const text = renderData(drilled, "junit", "0.1.0");
    expect(text).toContain('<testsuite name="monitor/api" tests="4" failures="1" skipped="0">');
    expect(text).toContain('<failure message="it stayed up for &quot;status 503&quot;, and test says down"/>');
    expect(text).toContain("<skipped message=");
  });

  it("is JSON with the state and the problems of each monitor", () => {
    const { ok, monitors } = JSON.parse(renderData(drilled, "json", "0.1.0")) as { ok: boolean; monitors: object[] };
    expect(ok).toBe(false);
    expect(monitors).toMatchObject([
      { state: "fail", problems: [{ type: "stayed-up", variant: "status 503" }] },
      { state: "skipped", problems: [] },
    ]);
  });

  it.each(["markdown", "html", "github"] as const)("names the problem in %s", (format) => {
    expect(renderData(drilled, format, "0.1.0").replaceAll("&quot;", '"')).toContain(
      'it stayed up for "status 503", and test says down',
    );
  });
});
