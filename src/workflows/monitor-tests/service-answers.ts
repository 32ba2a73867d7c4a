/** What `test` knows about the services of the monitors: their releases, from a probe, and healthy answers. */
import {
  knownInstances,
  releaseFindings,
  serviceFindings,
  writtenMonitors,
  type KnownInstances,
} from "../../config/rules/services.ts";
import type { Config, DeclaredEntity } from "../../config/config.ts";
import { entityKey, type EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { pointerParts } from "../../model/json.ts";
import { splitAddress } from "../../services/requests/ask.ts";
import { fetchPort } from "../../services/requests/fetch-port.ts";
import { askOnce } from "../../services/requests/ask-once.ts";
import { loadDoctor, loadService, type ServiceType } from "../../services/services.ts";
import type { TestInput } from "../../testing/test-input.ts";

/** Milliseconds for each request of one public route. */
const timeoutMs = 10_000;

export interface ProbedReleases {
  /** The servers of the configuration and those that monitors refer to, with the release that each reports. */
  readonly instances: KnownInstances;
  /** What the releases mean for the monitors; `validate` does not know them. */
  readonly findings: readonly Finding[];
}

export async function probeReleases(
  { entities, services, findings }: Config,
  { signal }: { readonly signal: AbortSignal },
): Promise<ProbedReleases> {
  const known = await knownInstances(entities, services);
  const port = fetchPort({ timeoutMs, signal });
  const probed = [...known].map(async ([type, instances]) => {
    const doctor = await loadDoctor(type);
    const told = instances.map(async (instance) => ({
      ...instance,
      reported: (await doctor.recognise(askOnce(port, instance.url)))?.version,
    }));
    return [type, await Promise.all(told)] as const;
  });
  const reported = await Promise.all(probed);
  const instances: KnownInstances = new Map(
    reported.map(([type, told]) => [
      type,
      told.map(({ reported: version, ...instance }) => ({ ...instance, version: version ?? instance.version })),
    ]),
  );
  const validated = new Set(findings.map(identityOf));
  const ofReleases = reported.flatMap(([type, told]) => releaseFindings(entities, type, told));
  const all = [...(await serviceFindings(entities, instances)), ...ofReleases];
  return { instances, findings: all.filter((finding) => !validated.has(identityOf(finding))) };
}

export interface ShownInstance {
  readonly type: ServiceType;
  readonly url: string;
  readonly version?: string | undefined;
}

/** For showing: an address can contain a password for a proxy. */
export function shownInstances(known: KnownInstances): readonly ShownInstance[] {
  return [...known].flatMap(([type, instances]) =>
    instances.map(({ url, version }) => ({ type, url: splitAddress(url).address, version })),
  );
}

function identityOf({ code, pointer, message }: Finding): string {
  return JSON.stringify([code, pointer, message]);
}

type BuiltIn = Required<Pick<TestInput, "badSamples" | "hasOtherShapes" | "isGuess">> & {
  readonly sample: NonNullable<TestInput["sample"]>;
};

/** By entity. Broken answers with a healthy status are tried only on the queries of the blocks. */
export async function builtInAnswers(
  { entities, services }: Pick<Config, "entities" | "services">,
  probed?: KnownInstances,
): Promise<ReadonlyMap<EntityKey, BuiltIn>> {
  const byKey = new Map(entities.map((entity) => [entity.key, entity]));
  const instances = probed ?? (await knownInstances(entities, services));
  const samples = [...instances].map(async ([type, known]) =>
    (await loadService(type)).samples(writtenMonitors(entities), known),
  );
  return new Map(
    (await Promise.all(samples)).flatMap((found) =>
      [...found].map(([key, { healthy, broken, hasOtherShapes = false }]) => {
        const entity = byKey.get(entityKey("monitor", key));
        const isGuess = entity === undefined || !isOwnQuery(entity);
        const bad = isGuess ? [] : Object.entries(broken);
        const answers = {
          sample: { body: healthy },
          badSamples: bad.map(([name, body]) => ({ name, body })),
          hasOtherShapes,
          isGuess,
        };
        return [entityKey("monitor", key), answers] as const;
      }),
    ),
  );
}

function isOwnQuery({ provenance }: DeclaredEntity): boolean {
  if (provenance.get("")?.origin?.by !== "service") return false;
  const written = provenance.get("/jsonPath")?.origin?.pointer ?? "";
  return !pointerParts(written).includes("overrides");
}
