import { createHash } from "node:crypto";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { pageStyle } from "../../src/output/html/page-style.ts";
import { pageScript } from "../../src/output/html/page-script.ts";
import { renderHtml } from "../../src/output/html/render-html.ts";
import { richPlan } from "./rich-plan.ts";
import { applied, everyRun, failed, findings, findingsData, planData } from "./run-data.ts";
import { planOf, updated } from "./sample-plan.ts";

/** Relative luminance and contrast as WCAG 2 defines them. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(left: string, right: string): number {
  const [dark = 0, light = 0] = [luminance(left), luminance(right)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** The custom properties of the page, as the browser gets them: the first block is for light mode, the second for dark. */
function paletteOf(mode: "light" | "dark"): Record<string, string> {
  const [light = "", dark = ""] = [...pageStyle.matchAll(/:root\{(?<body>[^}]*)\}/gu)].map((found) => found[1] ?? "");
  const declarations = (mode === "light" ? light : dark).matchAll(/--(?<name>\w+):(?<color>#[0-9a-f]{6})/gu);
  return Object.fromEntries([...declarations].map((found) => [found[1], found[2]]));
}

/** Each text with the grounds that it is printed on. */
const pairs = (palette: Record<string, string>): readonly (readonly [string | undefined, string | undefined])[] => [
  [palette["text"], palette["ground"]],
  [palette["text"], palette["panel"]],
  [palette["dim"], palette["ground"]],
  [palette["dim"], palette["panel"]],
  [palette["link"], palette["panel"]],
  [palette["red"], palette["redGround"]],
  [palette["green"], palette["greenGround"]],
  [palette["yellow"], palette["yellowGround"]],
  [palette["blue"], palette["blueGround"]],
  [palette["text"], palette["redGround"]],
  [palette["text"], palette["yellowGround"]],
  [palette["text"], palette["blueGround"]],
];

describe("html", () => {
  it("shows a plan", async () => {
    await expect(renderHtml(planData(richPlan, { findings }))).toMatchFileSnapshot("golden/plan.html.golden");
  });

  it("shows what an apply did", async () => {
    await expect(renderHtml(applied)).toMatchFileSnapshot("golden/report.html.golden");
  });

  it("has a page for findings and for a run that failed", () => {
    expect(renderHtml(findingsData(findings))).toContain("<h1>The configuration is not valid</h1>");
    expect(renderHtml(failed)).toContain("nothing answers");
  });

  it("asks for nothing: no address, and a policy that allows just its own style and script", () => {
    for (const data of everyRun) {
      const page = renderHtml(data);
      expect(page).not.toMatch(/<(?:link|img|iframe|object|embed|base|form)\b|@import|url\(|\bsrc=|\bstyle=|\son\w+=/u);
      const policy = /http-equiv="Content-Security-Policy" content="(?<policy>[^"]*)"/u.exec(page)?.groups?.["policy"];
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[^ ;]+'; script-src 'sha256-[^ ;]+';/u);
      for (const name of ["style", "script"]) {
        const text = new RegExp(`<${name}>([^]*?)</${name}>`, "u").exec(page)?.[1] ?? "";
        expect(policy).toContain(`${name}-src 'sha256-${createHash("sha256").update(text).digest("base64")}'`);
      }
    }
  });

  it("closes what it opens", () => {
    for (const data of everyRun) {
      const page = renderHtml(data);
      for (const name of ["details", "summary", "table", "div", "p", "ul", "code", "span", "main", "h2"]) {
        const opened = page.match(new RegExp(`<${name}[ >]`, "gu")) ?? [];
        expect(page.match(new RegExp(`</${name}>`, "gu")) ?? []).toHaveLength(opened.length);
      }
    }
  });

  it.each(["light", "dark"] as const)("can be read in %s: each text on its ground has a contrast of 4.5", (name) => {
    for (const [text, ground] of pairs(paletteOf(name))) {
      expect(contrast(text ?? "", ground ?? "")).toBeGreaterThanOrEqual(4.5);
    }
  });

  it("sets the lines of a text side by side, and underlines what differs in one", () => {
    const change = {
      path: "/body",
      sensitive: false,
      before: "one\nmodel: gpt-4\n",
      after: "one\nmodel: gpt-5\nnew\n",
    } as const;
    expect(renderHtml(planData(planOf([updated("api", [change])])))).toContain(
      '<tr><td>  one</td><td>  one</td></tr><tr><td class="del">- model: gpt-<mark>4</mark></td>' +
        '<td class="add">+ model: gpt-<mark>5</mark></td></tr><tr><td></td><td class="add">+ new</td></tr>',
    );
  });

  it("filters by action and by words, and opens and closes what is shown", () => {
    const page = filterPage([
      { action: "create", text: "create monitor/api API" },
      { action: "delete", text: "delete monitor/old Old API" },
      { action: "delete", text: "delete tag/team" },
    ]);
    expect([page.bar.hidden, page.shown()]).toEqual([false, [true, true, true]]);
    page.type("OLD api");
    expect([page.shown(), page.status.textContent]).toEqual([[false, true, false], "1 of 3 shown"]);
    page.click("open");
    page.type("");
    expect(page.steps.map(({ open }) => open)).toEqual([false, true, false]);
    page.check("delete", false);
    expect(page.shown()).toEqual([true, false, false]);
  });
});

/** As much of a document as the page's script uses. */
function filterPage(given: readonly { readonly action: string; readonly text: string }[]) {
  const steps = given.map(({ action, text }) => ({
    dataset: { action },
    textContent: text,
    hidden: false,
    open: false,
  }));
  const boxes = ["create", "delete"].map((value) => ({ value, checked: true }));
  const search = { value: "" };
  const status = { textContent: "" };
  const listeners = new Map<string, () => void>();
  const listening = (id: string) => ({
    addEventListener: (type: string, listener: () => void) => listeners.set(`${id}:${type}`, listener),
  });
  const bar = {
    ...listening("filters"),
    hidden: true,
    querySelectorAll: () => boxes,
    querySelector: () => search,
  };
  const elements: Readonly<Record<string, unknown>> = {
    filters: bar,
    shown: status,
    open: listening("open"),
    close: listening("close"),
  };
  const document = { getElementById: (id: string) => elements[id], querySelectorAll: () => steps };
  runInContext(pageScript, createContext({ document }));
  const input = (): void => listeners.get("filters:input")?.();
  return {
    steps,
    bar,
    status,
    shown: () => steps.map(({ hidden }) => !hidden),
    type: (text: string) => {
      search.value = text;
      input();
    },
    click: (id: string) => listeners.get(`${id}:click`)?.(),
    check: (value: string, checked: boolean) => {
      for (const box of boxes) if (box.value === value) box.checked = checked;
      input();
    },
  };
}
