import { describe, expect, it } from "vitest";
import { duration } from "../../../src/kinds/codecs/duration.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { durationFields, fieldBlock, fieldText, referenceFields } from "../../../src/output/words/field.ts";

const fields = [...kinds.values()].flatMap(({ variants }) =>
  variants.flatMap((variant) => Object.entries(variant.fields)),
);

describe("fields as text", () => {
  it("knows which fields hold seconds, and which refer to objects", () => {
    const sample = "90s";
    const inSeconds = fields.filter(([, { codec }]) => codec === duration || codec.normalise(sample) === 90);
    expect([...durationFields].toSorted()).toEqual([...new Set(inSeconds.map(([name]) => name))].toSorted());
    const referring = fields.filter(([, { refersTo }]) => refersTo !== undefined);
    expect([...referenceFields].toSorted()).toEqual([...new Set(referring.map(([name]) => name))].toSorted());
  });

  it("has no other field with the name of one that holds seconds", () => {
    const others = fields.filter(([name, { codec }]) => durationFields.has(name) && codec.normalise("90s") !== 90);
    expect(others.map(([name]) => name)).toEqual([]);
  });

  it.each([
    ["/interval", 60, "1m"],
    ["/interval", 90, "90s"],
    ["/interval", 86_400, "1d"],
    ["/maxRetries", 60, "60"],
    ["/parent", "monitor/media", "media"],
    ["/description", "monitor/media", "monitor/media"],
    ["/notifications", ["notification/phone", { name: "By hand" }], '[phone, { name: "By hand" }]'],
    ["/tags", [{ tag: "tag/room", value: "cellar" }], "[room: cellar]"],
    ["/groups", [{ name: "Media", monitors: [{ monitor: "monitor/plex", sendUrl: false, url: null }] }], "Media: plex"],
    ["/groups", [{ name: "A b", monitors: [] }], '"A b": (none)'],
    ["/groups", [{ name: "M", monitors: [{ monitor: "monitor/a", sendUrl: true }] }], "M: a { sendUrl: true }"],
  ])("shows %s %j as %s", (path, value, text) => {
    expect(fieldText(path, value)).toBe(text);
  });

  it("shows groups of a status page as lists", () => {
    const monitors = ["jellyfin", "sonarr", "radarr"].map((key) => ({ monitor: `monitor/${key}`, sendUrl: false }));
    const groups = [
      { name: "Media", monitors },
      { name: "Everything else", monitors },
    ];
    expect(fieldBlock("/groups", groups)).toEqual([
      "Media: jellyfin, sonarr, radarr",
      '"Everything else": jellyfin, sonarr, radarr',
    ]);
  });

  it("shows nested values as YAML, not as JSON", () => {
    const messages = [{ role: "user", content: "Answer with the one word OK and with nothing else, please.\nThanks." }];
    expect(fieldBlock("/body", { model: "llama3", stream: false, stop: null, messages })).toEqual([
      'model: "llama3"',
      "stream: false",
      "stop: null",
      "messages:",
      '  - role: "user"',
      "    content: |",
      "      Answer with the one word OK and with nothing else, please.",
      "      Thanks.",
    ]);
  });
});
