/**
 * Lifecycle keys are changes like any other, for every kind and in every place where they may stand: shown, stored, not
 * planned a second time, and kept once the block is gone. The object itself is not touched by what only the ledger stores.
 */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { kinds } from "../../src/kinds/index.ts";
import { connect } from "../../src/kuma/connect.ts";
import { kindIdentity, kindNames, type KindName, type Removal } from "../../src/model/entity.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import type { Step } from "../../src/model/plan.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { runConfigOn, type RunOptions, type RunResult } from "./run-config.ts";
import { isAtLeast } from "../../src/model/release.ts";

type Place = "object" | "override" | "defaults" | "policy";
const places: readonly Place[] = ["object", "override", "defaults", "policy"];

interface Said {
  readonly protect?: boolean;
  readonly onRemove?: Removal;
  readonly ignoreChanges?: readonly string[];
}

interface Case {
  readonly kind: KindName;
  readonly place: Place;
  readonly said: Said;
}

const words: readonly Said[] = [
  { onRemove: "pause" },
  { onRemove: "release" },
  { protect: true },
  { ignoreChanges: ["field"] },
];

/** A field that each kind has, whose changes may be ignored. */
const someField: Readonly<Record<KindName, string>> = {
  tag: "color",
  notification: "isDefault",
  proxy: "port",
  "docker-host": "dockerDaemon",
  "remote-browser": "url",
  monitor: "interval",
  "status-page": "title",
  maintenance: "description",
  settings: "keepDataPeriodDays",
};

function isPossible({ kind, place, said }: Case): boolean {
  if (place === "policy" && said.onRemove === undefined) return false;
  if (place === "defaults" && kindIdentity[kind] === "shared") return false;
  // KS1601: only monitors can be paused. A project may say it of all that it has.
  return said.onRemove !== "pause" || kind === "monitor" || place === "policy";
}

const cases: readonly Case[] = kindNames.flatMap((kind) =>
  places.flatMap((place) => words.map((said): Case => ({ kind, place, said })).filter(isPossible)),
);

function bodyOf(kind: KindName, id: string): JsonObject {
  switch (kind) {
    case "tag":
      return { name: id, color: "#2563EB" };
    case "notification":
      return { name: id, type: "webhook", webhookURL: "http://127.0.0.1:1/" };
    case "proxy":
      return { protocol: "http", host: `${id}.example`, port: 3128 };
    case "docker-host":
      return { name: id, dockerDaemon: "http://127.0.0.1:1" };
    case "remote-browser":
      return { name: id, url: "ws://127.0.0.1:1" };
    case "monitor":
      return { name: id, type: "http", url: "http://127.0.0.1:1/", interval: 60, active: true };
    case "status-page":
      return { title: id, slug: id };
    case "maintenance":
      return { title: id, strategy: "manual" };
    case "settings":
      return { keepDataPeriodDays: 90 };
    default:
      return kind satisfies never;
  }
}

/** A configuration with one object of the kind, and a group that keeps it from being empty. */
function configOf(kind: KindName, id: string, { said, place, isGone = false }: Partial<Case> & { isGone?: boolean }) {
  const section = kinds.get(kind)?.section ?? "";
  const isSingle = kinds.get(kind)?.onlyKey !== undefined;
  const key = isSingle ? "settings/server" : `${kind}/a`;
  const keys =
    said === undefined ? {} : { ...said, ...(said.ignoreChanges ? { ignoreChanges: [someField[kind]] } : {}) };
  const body = { ...bodyOf(kind, id), ...(place === "object" ? keys : {}) };
  const objects: Record<string, Json> = { monitors: { z: { type: "group", name: `${id} z` } } };
  if (!isGone) {
    objects[section] = isSingle ? body : { ...(objects[section] as JsonObject | undefined), a: body };
  }
  const overrides =
    place === "override" && !isGone
      ? { targets: { t: { url: "http://127.0.0.1:1", overrides: { [key]: keys } } } }
      : {};
  return JSON.stringify({
    version: 1,
    project: id,
    ...(place === "defaults" ? { defaults: { [kind]: keys } } : {}),
    ...(place === "policy" ? { policy: keys } : {}),
    ...objects,
    ...overrides,
  });
}

/** What is expected of the object once its block is gone. */
function endOf({ kind, said }: Case): string {
  if (kindIdentity[kind] === "shared") return "kept";
  if (said.protect === true) return "KS4002";
  const { onRemove = "delete" } = said;
  if (onRemove === "pause") return kind === "monitor" ? "retire" : "delete";
  return onRemove;
}

/** Paths of the change that the plan must show; empty where the word changes nothing for the kind. */
function shownFor({ kind, said }: Case): readonly string[] {
  if (said.ignoreChanges !== undefined) return ["/ignoreChanges"];
  if (kindIdentity[kind] === "shared") return [];
  if (said.protect !== undefined) return ["/protect"];
  return said.onRemove === "pause" && kind !== "monitor" ? [] : ["/onRemove"];
}

function stepFor({ plan }: RunResult, kind: KindName): Step | undefined {
  return plan.steps.find((step) => step.kind === kind && !step.key.endsWith("/z"));
}

/** The others differ in what is said elsewhere. */
const thorough: readonly string[] = ["fake 1.23.17", "fake 2.5.3"];

describe.each(contractServers())("on $name", (server) => {
  let running: RunningServer;
  let client: KumaClient;
  let count = 0;

  beforeAll(async () => {
    running = await server.start();
    const { url, username, password } = running;
    client = await connect({ url, credentials: { type: "password", username, password } });
  }, 300_000);
  afterAll(async () => {
    await client.close();
    await running.close();
  });

  const run = (yaml: string, options: RunOptions = {}): Promise<RunResult> =>
    runConfigOn(client, yaml, { freshness: "anew", allowDeletes: 1, allowBulk: true, ...options });
  /** Without the ledger, which is among the settings. */
  const rowsOf = async (kind: KindName): Promise<readonly Json[]> =>
    ((await kinds.get(kind)?.rows(client, { freshness: "anew" })) ?? []).map(({ row }) =>
      Object.fromEntries(Object.entries(row).filter(([name]) => !name.startsWith("kumaSync/"))),
    );

  async function holds(one: Case): Promise<void> {
    const { kind } = one;
    count += 1;
    const id = `life-${process.pid}-${count}`;
    expect((await run(configOf(kind, id, {}))).report?.ok).toBe(true);
    const before = await rowsOf(kind);

    const said = await run(configOf(kind, id, one));
    expect(said.report?.ok ?? false, "applied and verified").toBe(true);
    const step = stepFor(said, kind);
    const paths = step !== undefined && "changes" in step ? step.changes.map(({ path }) => path) : [];
    expect([step?.action, paths]).toEqual(shownFor(one).length === 0 ? [undefined, []] : ["update", shownFor(one)]);
    // The mark of a protected object lies on it where it has a place for one.
    const isMarked = one.said.protect === true && kindIdentity[kind] === "marker";
    expect(isMarked ? before : await rowsOf(kind)).toEqual(before);

    expect((await run(configOf(kind, id, one))).plan.steps, "a second plan").toEqual([]);

    const gone = await run(configOf(kind, id, { ...one, isGone: true }));
    const ends = [...gone.plan.blockers.map(({ code }) => code), ...gone.plan.steps.map(({ action }) => action)];
    expect(ends).toEqual(endOf(one) === "kept" ? [] : [endOf(one)]);
    // What is refused stays to be done.
    expect(gone.report?.ok ?? "refused").toBe(endOf(one) === "KS4002" ? "refused" : true);
    expect((await run(configOf(kind, id, { ...one, isGone: true }))).plan.steps, "nothing left").toEqual([]);
  }

  test("lifecycle keys are shown, stored, and applied once the block is gone", { timeout: 300_000 }, async () => {
    const { release } = client.server.capabilities;
    const known = cases.filter(({ kind }) => isAtLeast(release, kinds.get(kind)?.since));
    // All of them where it costs little.
    const all = { examples: known.map((one): [Case] => [one]), numRuns: known.length };
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...known), holds),
      thorough.includes(server.name) ? all : { numRuns: 12 },
    );
  });
});
