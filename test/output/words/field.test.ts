import { describe, expect, it } from "vitest";
import { duration } from "../../../src/kinds/codecs/duration.ts";
import type { Field } from "../../../src/kinds/field.ts";
import { kinds } from "../../../src/kinds/index.ts";
import { fieldBlock, fieldText } from "../../../src/output/words/field.ts";

const fields = [...kinds.values()].flatMap(({ variants }) =>
  variants.flatMap((variant) => Object.entries(variant.fields)),
);

const isInSeconds = (codec: Field["codec"]): boolean => codec === duration || codec.normalise("90s") === 90;

describe("fields as text", () => {
  it("knows which fields hold seconds, and which refer to objects", () => {
    const names = [...new Set(fields.map(([name]) => name))];
    const inSeconds = new Set(fields.filter(([, { codec }]) => isInSeconds(codec)).map(([name]) => name));
    expect(names.filter((name) => fieldText(`/${name}`, 90) === "90s").toSorted()).toEqual([...inSeconds].toSorted());
    const referring = new Set(fields.filter(([, { refersTo }]) => refersTo !== undefined).map(([name]) => name));
    const shortened = names.filter((name) => fieldText(`/${name}`, "monitor/media") === "media");
    expect(shortened.toSorted()).toEqual([...referring].toSorted());
  });

  it("has no other field with the name of one that holds seconds", () => {
    const others = fields.filter(([name, { codec }]) => fieldText(`/${name}`, 90) === "90s" && !isInSeconds(codec));
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
