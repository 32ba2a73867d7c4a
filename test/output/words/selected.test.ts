import { describe, expect, it } from "vitest";
import type { SelectedChange } from "../../../src/model/plan.ts";
import { selectedCounts, selectedWords } from "../../../src/output/words/selected.ts";
import { renderSelected } from "../../../src/output/human/selected.ts";
import { onTerminal } from "../text-options.ts";

const selected: SelectedChange = {
  group: "Media",
  added: [
    { key: "monitor/sonarr", by: { tag: "media" } },
    { key: "monitor/radarr", by: { tag: "media" } },
    { key: "monitor/api", by: { tag: [{ env: "prod", team: "core" }, "web"], type: ["http", "ping"] } },
    { key: "monitor/web-1", by: "web-*" },
  ],
  removed: ["monitor/plex", { name: "By hand" }],
};

describe("what selectors bring in", () => {
  it("is shown with the selector, and what goes without one", () => {
    expect(selectedWords(selected)).toEqual({
      head: "Media: ",
      items: [
        "+ sonarr (tag media)",
        "+ radarr (tag media)",
        "+ api (tag env: prod, team: core or web and type http or ping)",
        "+ web-1 (web-*)",
        "- plex",
        '- { name: "By hand" }',
      ],
    });
  });

  it("is counted for a new list, whose monitors are shown anyway", () => {
    expect(selectedCounts({ ...selected, group: "a\u001Bb" })).toEqual({
      head: String.raw`a\x1bb: `,
      items: ["+ 2 (tag media)", "+ 1 (tag env: prod, team: core or web and type http or ping)", "+ 1 (web-*)"],
    });
  });

  it("fits the screen, and shows twelve monitors unless all are asked for", () => {
    const added = Array.from({ length: 30 }, (_, index) => ({ key: `monitor/m${index}` as const, by: "m*" }));
    const change = { path: "/groups", sensitive: false, selected: [{ added, removed: [] }] } as const;
    const options = { ...onTerminal, width: 80, isNew: false, indent: "        " };
    const lines = renderSelected(change, { ...options, isFull: false });
    expect(lines.map((line) => line.trim()).join(" ")).toContain("+ m11 (m*), and 18 more (--full)");
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(renderSelected(change, { ...options, isFull: true }).join(" ")).toContain("+ m29 (m*)");
    expect(renderSelected(change, { ...options, isNew: true, isFull: false })).toEqual(["        + 30 (m*)"]);
  });
});
