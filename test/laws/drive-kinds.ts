/** A configuration brought onto a server by the kinds' own functions, bound by name: without plan, ledger and apply. */
import { toDesired } from "../../src/config/desired.ts";
import { loadConfig } from "../../src/config/load.ts";
import type { IdOf } from "../../src/kinds/field.ts";
import { kinds } from "../../src/kinds/index.ts";
import type { Kind, WriteContext } from "../../src/kinds/kind.ts";
import { ensureMarkerTag } from "../../src/kinds/marker.ts";
import { observe } from "../../src/kuma/observe.ts";
import {
  isEntityKey,
  kindNames,
  type Desired,
  type DesiredEntity,
  type KindName,
  type KumaId,
  type ObservedEntity,
} from "../../src/model/entity.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { KumaClient } from "../../src/model/kuma-client.ts";
import type { FieldChange } from "../../src/model/plan.ts";
import { compareSpecs } from "../../src/plan/compare.ts";
import { normaliseDesired, normaliseObserved } from "../../src/plan/normal-form.ts";
import type { Label } from "../../src/plan/references.ts";

/** JSON is YAML. Throws for a configuration that this server cannot have, with the codes of its findings. */
export async function desiredFor(client: KumaClient, config: JsonObject, cwd = "/"): Promise<Desired> {
  const readStdin = (): Promise<string> => Promise.resolve(JSON.stringify(config));
  const loaded = await loadConfig({ paths: ["-"], cwd, env: {}, vars: {}, readStdin }, kinds);
  const { desired, findings } = toDesired(loaded, client.server);
  const errors = [...loaded.findings, ...findings].filter(({ severity }) => severity === "error");
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code} ${message}`).join("\n"));
  return desired;
}

/** What was different, as `status-page/main /theme`; a whole new entity as its key. */
export async function bringInLine(client: KumaClient, desired: Desired): Promise<readonly string[]> {
  const done: string[] = [];
  const markerTagId = await ensureMarkerTag(client);
  let side = await observedSide(client, desired);
  for (const [name, kind] of kinds) {
    const isNew = [...desired.entities.values()].some(
      (entity) => entity.kind === name && !side.find(name, entity.name),
    );
    for (const entity of [...desired.entities.values()].filter((one) => one.kind === name)) {
      const context = { client, project: desired.project, idOf: side.idOf, markerTagId };
      done.push(...(await bringOneInLine(kind, entity, { ...side, context })));
    }
    // What comes later refers to it by its id.
    if (isNew) side = await observedSide(client, desired);
  }
  return done;
}

interface ObservedSide {
  readonly find: (kind: KindName, name: string) => ObservedEntity | undefined;
  readonly idOf: IdOf;
  readonly label: Label;
}

async function bringOneInLine(
  kind: Kind,
  entity: DesiredEntity,
  { find, label, context }: ObservedSide & { readonly context: WriteContext },
): Promise<readonly string[]> {
  const found = find(kind.name, entity.name);
  if (found === undefined) {
    await kind.create(context, entity);
    return [entity.key];
  }
  const changes = changesOf(entity, found, label);
  if (changes.length > 0) await kind.update(context, { entity, observed: found, changes, owner: undefined });
  return changes.map(({ path }) => `${entity.key} ${path}`);
}

function changesOf(entity: DesiredEntity, found: ObservedEntity, label: Label): readonly FieldChange[] {
  const before = normaliseObserved(found, label).spec ?? {};
  const after = normaliseDesired(entity, label).spec;
  return compareSpecs({ before, after, sensitive: entity.sensitive });
}

async function observedSide(client: KumaClient, desired: Desired): Promise<ObservedSide> {
  const { entities } = await observe(client, kinds, {
    fresh: true,
    project: desired.project,
    needed: new Set(kindNames),
  });
  const find = (kind: KindName, name: string): ObservedEntity | undefined =>
    entities.find((entity) => entity.kind === kind && entity.name === name);
  const idOf = (kind: KindName, reference: Parameters<IdOf>[1]): KumaId => {
    if (typeof reference === "object" && "id" in reference) return reference.id;
    const name = isEntityKey(reference) ? desired.entities.get(reference)?.name : reference.name;
    const id = find(kind, name ?? "")?.id;
    if (id === undefined) throw new Error(`no id for ${kind} ${JSON.stringify(reference)}`);
    return id;
  };
  return { find, idOf, label: (kind, reference) => ({ id: idOf(kind, reference) }) };
}
