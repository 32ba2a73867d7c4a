/**
 * The round trip, for every kind and every type there is, on every server: what is created from the example reads back as
 * declared; a change of any field is planned as that change, applied and read back; what is changed by hand is seen and set
 * right; a delete takes the object away and touches nothing else.
 *
 * All types go through at once, each with its next field: as many runs as the type with the most fields has.
 */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queryCodes } from "../../src/config/query-codes.ts";
import { toText } from "../../src/kinds/codecs/text.ts";
import { isAtLeast, referencesIn, type Field } from "../../src/kinds/field.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Kind, Variant, WriteContext } from "../../src/kinds/kind.ts";
import { settingsKey, specFromWritten, toPayload } from "../../src/kinds/spec.ts";
import { connect } from "../../src/kuma/connect.ts";
import { observe } from "../../src/kuma/observe.ts";
import {
  entityKey,
  kindIdentity,
  localKey,
  usualLifecycle,
  type DesiredEntity,
  type ObservedEntity,
} from "../../src/model/entity.ts";
import { isEqualJson, pointerParts, type Json, type JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import type { Step } from "../../src/model/plan.ts";
import type { ApplyReport } from "../../src/model/progress.ts";
import { replaceReferences } from "../../src/plan/references.ts";
import { contractServers, type RunningServer } from "../contract/servers.ts";
import { filledExample, otherValue } from "./other-value.ts";
import { byHand, openReferents, type Referents } from "./referents.ts";
import { runConfigOn, type RunOptions } from "./run-config.ts";

const project = `trip-${process.pid}`;
const npmVersion = "2.0.0-dev.0";
const marked = [...kinds.values()].filter(({ name }) => kindIdentity[name] === "marker");

/** The others have fields that depend on each other, and a law of their own (pages-and-maintenance.test.ts). */
const plain = [...kinds.values()].filter(({ name }) =>
  ["tag", "proxy", "docker-host", "remote-browser"].includes(name),
);

/** One that fails leaves nothing behind that another would count. */
function projectOf({ name }: Kind): string {
  return `${project}-${name}`;
}

/** Whether a query makes sense is for the configuration to say; here it is a text to be kept. */
const consent: RunOptions = {
  allowDeletes: Number.POSITIVE_INFINITY,
  allowBulk: true,
  lets: ({ code }) => Object.values<string>(queryCodes).includes(code),
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
        .map(([name, field]): Other => ({ field: name, change: { [name]: otherOf(name, field) } }));
      const setting: Other = { field: settingsKey, change: { someSetting: "b" } };
      return { key, kind, variant, written, others: variant.isOpen ? [...others, setting] : others };
    });
}

/** Two fields can only be written; nobody can say what they are (quirk 33). */
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
 * What is changed in one round. The npm package's server resumes whatever is edited, so that each edit there is a check of
 * something outside and costs a second call: several fields at a time.
 */
function changesIn({ others }: Subject, round: number, { server }: KumaClient): readonly Other[] {
  const size = server.version === npmVersion ? 5 : 1;
  return round < 0 ? [] : others.slice(round * size, (round + 1) * size);
}

/** The fields that differ in a round: its own, and back again those of the round before. */
function changedIn(subject: Subject, round: number, client: KumaClient): readonly string[] {
  const own = changesIn(subject, round, client).map(({ field }) => field);
  const last = changesIn(subject, round - 1, client).map(({ field }) => field);
  return [...own, ...last.filter((name) => !isKept(subject, name))].toSorted();
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

/** All fields at once, but for those that take calls of their own. */
function handEdit(
  subject: Subject,
  { client, idOf }: Referents,
): { readonly changes: JsonObject; readonly names: readonly string[] } {
  const { variant, written, others } = subject;
  const { release } = client.server.capabilities;
  const edited = others.filter(({ field }) => {
    const { isSeparate } = variant.fields[field] ?? {};
    return isSeparate !== true && field !== "active" && !isKept(subject, field);
  });
  const payload = toPayload(variant, specFromWritten(variant, laidOver(written, edited), release), idOf, release);
  const keys = edited.flatMap(({ field, change }) => variant.fields[field]?.kuma ?? Object.keys(change));
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

async function managed(client: KumaClient, kind: Kind): Promise<readonly ObservedEntity[]> {
  const { entities } = await observe(client, kinds, { fresh: true, project, needed: new Set([kind.name]) });
  return entities.filter(({ owner }) => owner?.project === projectOf(kind));
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
    for (const kind of marked) await runConfigOn(client, configOf(kind, []), consent);
    await referents.close();
    await client.close();
    await target.close();
  });

  test.each(marked)(
    "$section, through plan and apply",
    async (kind) => {
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
        expectConverged(report);
      }

      const ours = new Map((await managed(client, kind)).map((entity) => [entity.owner?.key ?? "", entity]));
      const edited = new Map<string, readonly string[]>();
      for (const subject of subjects) {
        const { changes, names } = handEdit(subject, referents);
        await byHand(client, ours.get(subject.key) as ObservedEntity, changes);
        edited.set(subject.key, names);
      }
      const drifted = await run(({ written }) => written);
      expect(changedFields(drifted.plan.steps)).toEqual(Object.fromEntries(edited));
      expectConverged(drifted.report);

      const gone = await runConfigOn(client, configOf(kind, []), consent);
      expect(gone.plan.steps.map(({ action }) => action)).toEqual(subjects.map(() => "delete"));
      expect(gone.report?.ok).toBe(true);
      expect(await managed(client, kind)).toEqual([]);
      expect(await referents.snapshot()).toEqual(bystanders);
    },
    240_000,
  );

  test.each(plain)(
    "$section, by the functions of the kind",
    async (kind) => {
      const { release } = client.server.capabilities;
      if (!isAtLeast(release, kind.since)) return;
      const context: WriteContext = { client, project, idOf: referents.idOf, markerTagId: 0 };
      for (const subject of subjectsOf(kind, referents)) {
        const bystanders = await referents.snapshot();
        const base = desiredOf(subject, subject.written, referents);
        const id = await kind.create(context, base);
        const read = async (): Promise<ObservedEntity> => {
          const { entities } = await observe(client, kinds, { fresh: true, project, needed: new Set([kind.name]) });
          return entities.find((entity) => entity.kind === kind.name && entity.id === id) as ObservedEntity;
        };
        expect(await read()).toMatchObject({ name: base.name, spec: base.spec });

        for (const { change } of subject.others) {
          const entity = desiredOf(subject, { ...subject.written, ...change }, referents);
          await kind.update(context, { entity, observed: await read(), changes: [], owner: undefined });
          expect(await read()).toMatchObject({ name: entity.name, spec: entity.spec });
        }
        const { changes, names } = handEdit(subject, referents);
        await kind.update(context, { entity: base, observed: await read(), changes: [], owner: undefined });
        await byHand(client, await read(), changes);
        const { spec = {} } = await read();
        expect(
          Object.keys(base.spec)
            .filter((name) => !isEqualJson(base.spec[name] as Json, spec[name] as Json))
            .toSorted(),
        ).toEqual(names);
        await kind.update(context, { entity: base, observed: await read(), changes: [], owner: undefined });
        expect(await read()).toMatchObject({ spec: base.spec });

        if (kindIdentity[kind.name] === "ledger") await kind.remove(context, await read());
        else await client.write("deleteTag", id);
        expect(await read()).toBe(undefined);
        expect(await referents.snapshot()).toEqual(bystanders);
      }
    },
    60_000,
  );
});

/** As the configuration would declare it; with ids in place of what it refers to, as a server tells it. */
function desiredOf({ key, kind, variant }: Subject, written: JsonObject, { client, idOf }: Referents): DesiredEntity {
  const full = specFromWritten(variant, written, client.server.capabilities.release);
  const references = referencesIn(variant.fields, full);
  const spec = replaceReferences(full, references, (name, reference) => ({ id: idOf(name, reference) }));
  const name = variant.nameOf?.(written, key) ?? toText(written["name"]) ?? key;
  const entity = {
    key: entityKey(kind.name, key),
    kind: kind.name,
    name,
    spec,
    references,
    defaulted: [],
    sensitive: [],
  };
  return { ...entity, lifecycle: usualLifecycle };
}
