/**
 * The round trip, for every kind and every type there is, on every server: what is created from the example reads back
 * as declared; a change of any field is planned as that change, applied and read back; what is changed by hand is seen,
 * known for what it is, and set right; what is no longer declared is deleted with consent, and nothing else is touched.
 * Status pages, maintenances and settings, whose fields hang together, have pages-and-maintenance.both.test.ts.
 *
 * All types go through at once, each with its next field: as many runs as the type with the most fields has.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queryCodes } from "../../src/config/rules/query-codes.ts";
import { kumaKey, type Field } from "../../src/kinds/field.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Kind, Variant } from "../../src/kinds/kind.ts";
import { settingsKey, specFromWritten, toPayload } from "../../src/kinds/spec.ts";
import { connect } from "../../src/kuma/connect.ts";
import { observe } from "../../src/kuma/observe.ts";
import { kindIdentity, localKey, type KindName, type ObservedEntity } from "../../src/model/entity.ts";
import { pointerParts, type Json, type JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import type { Cause, Step } from "../../src/model/plan.ts";
import type { ApplyReport } from "../../src/model/progress.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { filledExample, otherValue } from "./other-value.ts";
import { byHand, openReferents, type Referents } from "./referents.ts";
import { runConfigOn, type RunOptions } from "./run-config.ts";
import { isAtLeast } from "../../src/model/release.ts";

const project = `trip-${process.pid}`;
const npmVersion = "2.0.0-dev.0";
const elsewhere: readonly KindName[] = ["status-page", "maintenance", "settings"];
const subjectKinds = [...kinds.values()].filter(({ name }) => !elsewhere.includes(name));

/** One that fails leaves nothing behind that another would count. */
function projectOf({ name }: Kind): string {
  return `${project}-${name}`;
}

/**
 * What makes no sense as a query, or beside another field, is for the configuration to say; here it is a value to be
 * kept.
 */
const letPass: readonly string[] = [...Object.values(queryCodes), "KS1407", "KS1408", "KS1430", "KS1442"];
const consent: RunOptions = {
  allowDeletes: Number.POSITIVE_INFINITY,
  allowBulk: true,
  lets: ({ code }) => letPass.includes(code),
};

/** One of a type, and what else each of its fields could be. */
interface Subject {
  readonly key: string;
  readonly kind: Kind;
  readonly variant: Variant;
  readonly written: JsonObject;
  readonly others: readonly Other[];
}

interface Other {
  /** As plans name it. */
  readonly field: string;
  /** Fields that have to change with it. */
  readonly along?: readonly string[];
  /** Laid over what is written. */
  readonly change: JsonObject;
}

/** Types whose monitors ask nobody when they run. */
const quietTypes: readonly (string | undefined)[] = ["group", "manual"];

function subjectsOf(kind: Kind, { client, referTo }: Referents): readonly Subject[] {
  const { release } = client.server.capabilities;
  return kind.variants
    .filter((variant) => isAtLeast(release, variant.since))
    .map((variant): Subject => {
      const key = `trip-${variant.type ?? kind.name}`;
      const example = Object.entries(filledExample(variant)).map(([name, value]): [string, Json] => {
        const field = variant.fields[name];
        return [name, field?.refersTo === undefined ? value : referTo(field, 0)];
      });
      const written: JsonObject = {
        ...Object.fromEntries(example),
        ...(Object.hasOwn(variant.fields, "name") ? { name: `${project} ${key}` } : {}),
        ...(variant.isOpen ? { someSetting: "a" } : {}),
        ...(kind.name === "monitor" ? { active: false } : {}),
      };
      const otherOf = (name: string, field: Field): Json => {
        if (field.refersTo !== undefined) return referTo(field, 1);
        return name === "name" ? `${project} other ${key}` : otherValue(field, written[name], release);
      };
      const others = Object.entries(variant.fields)
        .filter(([, field]) => isAtLeast(release, field.since) && isTold(field))
        .filter(([name]) => isChanged(kind, variant, name) && !isForgotten(client, name))
        .map(([name, field]): Other => {
          const change = { [name]: otherOf(name, field) };
          // A mapping goes out as JSON or as a form; under xml only text does.
          const isEncoding = name === "httpBodyEncoding" && Object.hasOwn(variant.fields, "body");
          return isEncoding
            ? { field: name, along: ["body"], change: { ...change, body: "<a/>" } }
            : { field: name, change };
        });
      // Last, so that its body is the one that counts where several fields change at once.
      others.sort((left, right) => (left.along?.length ?? 0) - (right.along?.length ?? 0));
      const setting: Other = { field: settingsKey, change: { someSetting: "b" } };
      return { key, kind, variant, written, others: variant.isOpen ? [...others, setting] : others };
    });
}

/** Two fields can only be written; nobody can say what they are (docs/upstream/uptime-kuma.md#fields-of-a-monitor). */
function isTold(field: Field): boolean {
  return field.isObservable?.({}) !== false;
}

/** Most monitors would ask something outside once they run; shared objects are known by their name. */
function isChanged(kind: Kind, { type }: Variant, name: string): boolean {
  if (name === "active") return quietTypes.includes(type);
  return name !== "name" || kindIdentity[kind.name] !== "shared";
}

/** The npm package's server keeps what `add` said of them, whatever an edit says (its server.js, "editMonitor"). */
function isForgotten({ server }: KumaClient, name: string): boolean {
  return server.version === npmVersion && ["kafkaProducerSsl", "oauthAuthMethod"].includes(name);
}

function isKept({ variant, written }: Subject, name: string): boolean {
  return variant.fields[name]?.isKeptUnlessWritten === true && written[name] === undefined;
}

/**
 * What is changed in one round. The npm package's server resumes whatever is edited, so that each edit there is a check
 * of something outside and costs a second call: several fields at a time.
 */
function changesIn({ others }: Subject, round: number, { server }: KumaClient): readonly Other[] {
  const size = server.version === npmVersion ? 5 : 1;
  return round < 0 ? [] : others.slice(round * size, (round + 1) * size);
}

/** The fields that differ in a round: its own, and back again those of the round before. */
function changedIn(subject: Subject, round: number, client: KumaClient): readonly string[] {
  const namesIn = (of: number): readonly string[] =>
    changesIn(subject, of, client).flatMap(({ field, along = [] }) => [field, ...along]);
  const last = namesIn(round - 1).filter((name) => !isKept(subject, name));
  return [...new Set([...namesIn(round), ...last])].toSorted();
}

/** By key, sorted; what lies deeper counts as its field. */
function changedFields(steps: readonly Step[]): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    steps.map((step) => {
      const paths = "changes" in step ? step.changes.map(({ path }) => pointerParts(path)[0] ?? "") : [];
      return [localKey(step.key), [...new Set(paths)].toSorted()];
    }),
  );
}

/**
 * All fields at once, but for those that take calls of their own. Of an object without a mark one stays: what has
 * nothing left of what was applied is taken for another one with the same id.
 */
function handEdit(
  subject: Subject,
  { client, idOf }: Referents,
): { readonly changes: JsonObject; readonly names: readonly string[] } {
  const { kind, variant, written, others } = subject;
  const { release } = client.server.capabilities;
  const edited = others.slice(kindIdentity[kind.name] === "ledger" ? 1 : 0).filter(({ field }) => {
    const { isSeparate } = variant.fields[field] ?? {};
    return isSeparate !== true && field !== "active" && !isKept(subject, field);
  });
  const payload = toPayload(variant, specFromWritten(variant, laidOver(written, edited)), idOf, release);
  const keys = edited.flatMap(({ field: name, change }) => {
    const field = variant.fields[name];
    return field === undefined ? Object.keys(change) : kumaKey(name, field);
  });
  const changes = Object.fromEntries(keys.map((key): [string, Json] => [key, payload[key] ?? null]));
  return { changes, names: edited.map(({ field }) => field).toSorted() };
}

function laidOver(written: JsonObject, changes: readonly Other[]): JsonObject {
  return Object.assign({}, written, ...changes.map(({ change }) => change)) as JsonObject;
}

function configOf(kind: Kind, entries: readonly (readonly [key: string, written: JsonObject])[]): string {
  return JSON.stringify({ version: 1, project: projectOf(kind), [kind.section]: Object.fromEntries(entries) });
}

function expectConverged(report: ApplyReport | undefined): void {
  expect(report?.outcomes.filter(({ result }) => result !== "done")).toEqual([]);
  expect(report?.verification).toEqual({ state: "converged" });
}

/** By their keys: what the marker or the ledger says is ours, and of kinds that are everybody's what has our names. */
async function oursOf(client: KumaClient, kind: Kind): Promise<ReadonlyMap<string, ObservedEntity>> {
  const scope = { freshness: "anew" as const, project: projectOf(kind), needed: new Set([kind.name]) };
  const { entities } = await observe(client, kinds, scope);
  return new Map(
    entities.flatMap((entity): readonly (readonly [string, ObservedEntity])[] => {
      const { owner, name } = entity;
      if (entity.kind !== kind.name) return [];
      if (owner !== undefined) return owner.project === projectOf(kind) ? [[owner.key, entity]] : [];
      const isOurs = kindIdentity[kind.name] === "shared" && name.startsWith(`${project} trip-`);
      return isOurs ? [[name.slice(project.length + 1), entity]] : [];
    }),
  );
}

/** Whether every change is known to come from there, but for what no ledger may remember. */
function expectCause(cause: Cause, steps: readonly Step[], subjects: readonly Subject[]): void {
  const other = steps.flatMap((step) => {
    const fields = subjects.find(({ key }) => key === localKey(step.key))?.variant.fields ?? {};
    const changes = "changes" in step ? step.changes : [];
    return changes.filter((change) => {
      const field = fields[pointerParts(change.path)[0] ?? ""];
      return !change.sensitive && field?.isSensitive !== true && change.cause !== cause;
    });
  });
  expect(other).toEqual([]);
}

describe.each(contractServers())("on $name", (server) => {
  let target: RunningServer;
  let client: KumaClient;
  let referents: Referents;
  beforeAll(async () => {
    target = await server.start();
    const { url, username, password } = target;
    client = await connect({ url, credentials: { type: "password", username, password } });
    referents = await openReferents(client, project);
  });
  afterAll(async () => {
    for (const kind of subjectKinds) {
      if (kindIdentity[kind.name] !== "shared") await runConfigOn(client, configOf(kind, []), consent);
    }
    await referents.close();
    await client.close();
    await target.close();
  });

  test.each(subjectKinds)(
    "$section",
    async (kind) => {
      if (!isAtLeast(client.server.capabilities.release, kind.since)) return;
      const subjects = subjectsOf(kind, referents);
      const run = (writtenOf: (subject: Subject) => JsonObject): ReturnType<typeof runConfigOn> =>
        runConfigOn(
          client,
          configOf(
            kind,
            subjects.map((subject) => [subject.key, writtenOf(subject)]),
          ),
          consent,
        );
      const bystanders = await referents.snapshot();

      const created = await run(({ written }) => written);
      expect(created.plan.blockers).toEqual([]);
      expect(created.plan.steps.map(({ action }) => action)).toEqual(subjects.map(() => "create"));
      expectConverged(created.report);
      const again = await run(({ written }) => written);
      expect(again.plan.steps).toEqual([]);

      const isLeft = (round: number): boolean =>
        subjects.some((subject) => changesIn(subject, round, client).length > 0);
      for (let round = 0; isLeft(round) || isLeft(round - 1); round += 1) {
        const { plan, report } = await run((subject) => laidOver(subject.written, changesIn(subject, round, client)));
        const expected = subjects.map((subject) => [subject.key, changedIn(subject, round, client)] as const);
        expect(changedFields(plan.steps)).toEqual(Object.fromEntries(expected.filter(([, names]) => names.length > 0)));
        expectCause("file", plan.steps, subjects);
        expectConverged(report);
      }

      const ours = await oursOf(client, kind);
      expect([...ours.keys()].toSorted()).toEqual(subjects.map(({ key }) => key).toSorted());
      const edited = new Map<string, readonly string[]>();
      for (const subject of subjects) {
        const { changes, names } = handEdit(subject, referents);
        await byHand(client, ours.get(subject.key) as ObservedEntity, changes);
        edited.set(subject.key, names);
      }
      const drifted = await run(({ written }) => written);
      expect(changedFields(drifted.plan.steps)).toEqual(Object.fromEntries(edited));
      expectCause("server", drifted.plan.steps, subjects);
      expectConverged(drifted.report);

      const isShared = kindIdentity[kind.name] === "shared";
      const refused = await runConfigOn(client, configOf(kind, []), { ...consent, allowDeletes: 0 });
      expect(refused.plan.blockers.map(({ code }) => code)).toEqual(isShared ? [] : ["KS4001"]);
      const gone = await runConfigOn(client, configOf(kind, []), consent);
      expect(gone.plan.steps.map(({ action }) => action)).toEqual(isShared ? [] : subjects.map(() => "delete"));
      expect(gone.report?.ok).toBe(true);
      const left = await oursOf(client, kind);
      expect(left.size).toBe(isShared ? subjects.length : 0);
      for (const { id } of left.values()) await client.write("deleteTag", id);
      expect(await referents.snapshot()).toEqual(bystanders);
    },
    240_000,
  );
});
