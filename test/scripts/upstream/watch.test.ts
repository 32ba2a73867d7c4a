/** The watch over checkouts of our own making: it finds nothing where nothing differs, and each difference where it is. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { areas } from "../../../scripts/upstream/areas/areas.ts";
import type { Comparison } from "../../../scripts/upstream/compare.ts";
import type { FileSource } from "../../../scripts/upstream/checkout.ts";
import { watch } from "../../../scripts/upstream/watch.ts";
import type { WatchOptions } from "../../../scripts/upstream/watch.ts";
import { newestTestedVersion } from "../../../src/model/release.ts";
import { known, madeCheckout } from "./made-checkout.ts";
import type { Changes } from "./made-checkout.ts";

const made = madeCheckout;

function run(checkout: FileSource, options: Partial<WatchOptions> = {}): ReturnType<typeof watch> {
  return watch({ checkout, format: "human", isRecording: false, known, ...options });
}

/** The differences as `area: change name (detail)`. */
function found(checkout: FileSource): readonly string[] {
  const { areas: results } = JSON.parse(run(checkout, { format: "json" }).text) as Comparison;
  return results.flatMap(({ id, differences, unreadable }) => [
    ...differences.map(
      ({ change, name, detail }) => `${id}: ${change} ${name}${detail === undefined ? "" : ` (${detail})`}`,
    ),
    ...(unreadable === undefined ? [] : [`${id}: unreadable: ${unreadable}`]),
  ]);
}

function count(version: string): number {
  const { text } = run(made(version), { format: "json" });
  return (JSON.parse(text) as Comparison).areas.reduce((sum, area) => sum + area.count, 0);
}

describe("a checkout of a known release", () => {
  test.each(["1.23.17", "2.0.0", "2.3.0", "2.4.0", "2.5.3"])("%s differs in nothing", (version) => {
    const { code, text } = run(made(version));
    expect(text).toMatch(/: nothing differs\. Compared: \d\d monitor types, \d+ keys of a monitor/u);
    expect(code).toBe(0);
  });

  test("an older release has less, and that is no difference", () => {
    expect(count("1.23.17")).toBeLessThan(count("2.0.0"));
    expect(count("2.0.0")).toBeLessThan(count("2.5.3"));
  });
});

const insert =
  (before: string | RegExp, text: string) =>
  (old: string): string =>
    old.replace(before, (match) => `${text}${match}`);

const page = "src/pages/EditMonitor.vue";

/** Each is the whole list of differences. */
const cases: readonly (readonly [title: string, changes: Changes, differences: readonly string[]])[] = [
  [
    "a type that the server registers",
    {
      "server/uptime-kuma-server.js": insert(
        "UptimeKumaServer.monitorTypeList",
        `UptimeKumaServer.monitorTypeList["made-up"] = 1;`,
      ),
    },
    ["monitor-types: new made-up"],
  ],
  [
    "a type that only the form offers",
    { [page]: insert("</optgroup>", `<option value="made-up">x</option>`) },
    ["monitor-types: new made-up"],
  ],
  [
    "a type that is gone",
    { [page]: (text) => text.replace(/<option value="redis">.*/u, "") },
    ["monitor-types: gone redis"],
  ],
  [
    "a key",
    { "server/model/monitor.js": insert("return data;\n        }\n      }", "data.madeUp = this.made_up;\n") },
    ["monitor-keys: new madeUp"],
  ],
  [
    "a key that is gone",
    { "server/model/monitor.js": (text) => text.replace(/\burl: this\.url,/u, "") },
    ["monitor-keys: gone url"],
  ],
  [
    "another default of the form, which our tables contradict",
    { [page]: (text) => text.replace(/\bretryInterval: 60\b/u, "retryInterval: 30") },
    [
      "form-defaults: changed retryInterval (60 → 30)",
      "form-defaults: contradicted retryInterval (the form sends 30, our default is 60)",
    ],
  ],
  [
    "a default that has to be computed",
    { [page]: (text) => text.replace(/maxretries: 0/u, "maxretries: own.a()") },
    ["form-defaults: changed maxretries (0 → own.a())"],
  ],
  [
    "a value for one type",
    { [page]: insert(/if \(/u, `if (this.monitor.type === "x") this.monitor.port = "9";`) },
    [`form-changes: new port = "9", when this.monitor.type === "x"`],
  ],
  [
    "a setting in a provider",
    { "server/providers/p1.js": insert(/\} \}$/u, "const { madeUp } = notification;") },
    ["provider-settings: new slack.madeUp"],
  ],
  [
    "a setting in a form, in an expression of its template",
    {
      "src/components/notifications/p1.vue": insert(
        "</div>",
        `<p v-if="!$parent.notification.madeUp && x">{{ $parent.notification.other }}</p>`,
      ),
    },
    ["provider-settings: new slack.madeUp", "provider-settings: new slack.other"],
  ],
  [
    "an event, with its arguments",
    {
      "server/socket.ts": insert(
        `socket.on("disconnect"`,
        `socket.on("madeUp", async (a: string, b, callback) => {});`,
      ),
    },
    ["events: new madeUp (2 arguments)"],
  ],
  [
    "an argument more of an event",
    { "server/socket.ts": (text) => text.replace(`"pauseMonitor", async (a0,`, `"pauseMonitor", async (a0, a1,`) },
    ["events: changed pauseMonitor (1 arguments → 2 arguments)"],
  ],
  [
    "a push that is gone",
    { "server/socket.ts": (text) => text.replace(/^.*emit\("autoLogin".*$/mu, "") },
    ["pushes: gone autoLogin"],
  ],
  [
    "an address",
    { "server/routes.js": insert(/^/u, `authRouter.post("/api/setup", x);`) },
    ["routes: new POST /api/setup"],
  ],
  [
    "a migration, with its columns",
    {
      "db/knex_migrations/2026-12-01-0000-made-up.js": `exports.up = function (knex) {
        return knex.schema.alterTable("monitor", (table) => { table.string("ssh_username"); table.dropColumn("old"); })
          .createTable("fresh", function (t) { t.increments("id"); t.foreign("id"); }); };`,
    },
    ["migrations: new 2026-12-01-0000-made-up (new table fresh: id; monitor: ssh_username, -old)"],
  ],
  [
    "another jsonata",
    { "package-lock.json": JSON.stringify({ packages: { "node_modules/jsonata": { version: "9.9.9" } } }) },
    [expect.stringMatching(/^jsonata: changed jsonata \(.* → 9\.9\.9\)$/u)],
  ],
  [
    "a limit",
    { "src/util.ts": (text) => text.replace("MIN_INTERVAL_SECOND: number = 1", "MIN_INTERVAL_SECOND: number = 5") },
    ["limits: changed MIN_INTERVAL_SECOND (1 → 5)"],
  ],
];

describe("what differs from 2.5.3", () => {
  test.each(cases)("%s", (_, changes, differences) => {
    const checkout = made("2.5.3", changes);
    expect(found(checkout).toSorted()).toEqual(differences.toSorted());
    expect(run(checkout).code).toBe(2);
  });

  test("what kuma-sync uses is said with it", () => {
    const checkout = made("2.5.3", { "server/socket.ts": (text) => text.replace(/^.*socket\.on\("login",.*$/mu, "") });
    expect(run(checkout).text).toContain("[ ] gone: login; kuma-sync sends it");
  });
});

/** A place that moved must not look like "nothing differs". */
const moved: readonly (readonly [area: string, changes: Changes])[] = [
  ["monitor-types", { "server/uptime-kuma-server.js": "class UptimeKumaServer {}" }],
  ["monitor-types", { [page]: (text) => text.replace(`v-model="monitor.type"`, `v-model="draft.type"`) }],
  ["monitor-keys", { "server/model/monitor.js": undefined }],
  ["monitor-keys", { "server/model/monitor.js": (text) => text.replaceAll("data", "result") }],
  ["monitor-keys", { "server/model/monitor.js": "class Monitor { toJSON( }" }],
  ["form-defaults", { [page]: (text) => text.replaceAll("monitorDefaults", "defaultMonitor") }],
  ["form-changes", { [page]: (text) => text.replace(`"monitor.type"(`, `"draft.type"(`) }],
  ["providers", { "server/notification.js": "module.exports = loadAll();" }],
  ["provider-settings", { "src/components/notifications/index.js": "export default import.meta.glob('*.vue');" }],
  ["events", { "server/socket.ts": "export {};" }],
  ["pushes", { "server/socket.ts": "export {};" }],
  ["routes", { "server/routes.js": "module.exports = {};" }],
  ["migrations", { "db/knex_migrations/2026-12-01-0000-made-up.js": "module.exports = {};" }],
  ["jsonata", { "package-lock.json": "{}" }],
  ["limits", { "src/util.ts": "export {};" }],
];

describe("a place that is gone", () => {
  test.each(moved)("%s", (area, changes) => {
    const checkout = made("2.5.3", changes);
    const unreadable = found(checkout).filter((line) => line.includes(": unreadable: "));
    expect(unreadable).toContainEqual(expect.stringMatching(new RegExp(`^${area}: unreadable: `, "u")));
    expect(run(checkout)).toMatchObject({ code: 1, text: expect.stringContaining("could not be read") });
  });

  test("a folder that is no checkout", () => {
    const nothing = { read: () => undefined, list: () => [] };
    expect(run(nothing)).toEqual({
      code: 1,
      text: "this is not a checkout of Uptime Kuma: there is no package.json\n",
    });
    expect(run(made("2.5.3", { "package.json": `{"name":"another"}` })).text).toContain("not that of uptime-kuma");
  });
});

test("a newer line is compared with all that is known", () => {
  const change: Changes = { "server/socket.ts": insert(`socket.on("disconnect"`, `io.emit("session");`) };
  const checkout = made("3.0.0-beta.0", change);
  expect(found(checkout)).toEqual(["pushes: new session"]);
});

test("Markdown for an issue: a list to tick, in which names mention nobody", () => {
  const checkout = made("2.5.3", { "server/routes.js": insert(/^/u, `app.get("/@everyone\`<b>", x);`) });
  const { text } = run(checkout, { format: "markdown" });
  expect(text).toMatch(/^Uptime Kuma 2\.5\.3, compared/u);
  expect(text).toContain("### HTTP addresses\n\n- [ ] new: `GET /@everyone'<b>`, `server/routes.js:1`");
});

test("what was recorded is known from that release on", () => {
  const facts = mkdtempSync(join(tmpdir(), "kuma-sync-known-"));
  onTestFinished(() => rmSync(facts, { recursive: true }));
  cpSync(known, facts, { recursive: true });
  const change: Changes = { "server/socket.ts": insert(`socket.on("disconnect"`, `io.emit("madeUp");`) };
  const later = made("2.99.0", change);
  expect(run(later, { known: facts }).code).toBe(2);
  expect(run(later, { known: facts, isRecording: true }).code).toBe(0);
  expect(run(later, { known: facts }).code).toBe(0);
  expect(run(made("2.5.3"), { known: facts }).code).toBe(0);
  expect(run(made("2.99.1"), { known: facts }).text).toContain("gone: madeUp");
});

test("the defaults of the newest recorded form are ours", () => {
  const area = areas.find(({ id }) => id === "form-defaults");
  const checkout = made(newestTestedVersion);
  const { text } = run(checkout, { known: join(known, "none"), format: "json" });
  const { areas: results } = JSON.parse(text) as Comparison;
  const differences = results.find(({ id }) => id === area?.id)?.differences ?? [];
  expect(differences.filter(({ change }) => change === "new").length).toBeGreaterThan(50);
  expect(differences.filter(({ change }) => change === "contradicted")).toEqual([]);
});
