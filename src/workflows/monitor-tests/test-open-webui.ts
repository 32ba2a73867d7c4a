/** What `test` knows about the Open WebUIs of the monitors: their releases, from a probe, and healthy answers. */
import { openWebUIFindings, writtenMonitors } from "../../config/rules/open-webui.ts";
import type { Config, DeclaredEntity } from "../../config/config.ts";
import { entityKey, type EntityKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { pointerParts } from "../../model/json.ts";
import { splitAddress } from "../../services/open-webui/requests/ask.ts";
import { fetchPort } from "../../services/open-webui/requests/fetch-port.ts";
import { readInstance } from "../../services/open-webui/requests/read-instance.ts";
import { askedMonitors, type OpenWebUIInstance } from "../../services/open-webui/rules/asked-monitor.ts";
import { builtInSamples } from "../../services/open-webui/samples/built-in-samples.ts";
import type { TestInput } from "../../testing/test-input.ts";

/** Milliseconds for each request of one public route. */
const timeoutMs = 10_000;

export interface ProbedReleases {
  /** The instances of the configuration and those that monitors refer to, with the release that each reports. */
  readonly instances: readonly OpenWebUIInstance[];
  /** What the releases mean for the monitors; `validate` does not know them. */
  readonly findings: readonly Finding[];
}

export async function probeReleases(
  { entities, openWebUI, findings }: Config,
  { signal }: { readonly signal: AbortSignal },
): Promise<ProbedReleases> {
  const asked = askedMonitors(writtenMonitors(entities), openWebUI).map(({ instance }) => instance);
  const known = new Map([...asked, ...openWebUI].map((instance) => [instance.url, instance]));
  const port = fetchPort({ timeoutMs, signal });
  const instances = await Promise.all(
    [...known.values()].map(async (instance) => ({
      ...instance,
      version: (await readInstance(port, { url: instance.url })).version ?? instance.version,
    })),
  );
  const validated = new Set(findings.map(identityOf));
  const all = openWebUIFindings(entities, instances);
  return { instances, findings: all.filter((finding) => !validated.has(identityOf(finding))) };
}

/** For showing: an address can contain a password for a proxy. */
export function withoutCredentials({ url, version }: OpenWebUIInstance): OpenWebUIInstance {
  return { url: splitAddress(url).address, version };
}

function identityOf({ code, pointer, message }: Finding): string {
  return JSON.stringify([code, pointer, message]);
}

type BuiltIn = Required<Pick<TestInput, "badSamples" | "hasOtherShapes" | "isGuess">> & {
  readonly sample: NonNullable<TestInput["sample"]>;
};

/** By entity. Broken answers with a healthy status are tried only on the queries of the preset. */
export function builtInAnswers(
  { entities }: Pick<Config, "entities">,
  instances: readonly OpenWebUIInstance[],
): ReadonlyMap<EntityKey, BuiltIn> {
  const byKey = new Map(entities.map((entity) => [entity.key, entity]));
  const samples = builtInSamples(writtenMonitors(entities), instances);
  return new Map(
    [...samples].map(([key, { healthy, broken, hasOtherShapes = false }]) => {
      const entity = byKey.get(entityKey("monitor", key));
      const isGuess = entity === undefined || !isOwnQuery(entity);
      const bad = isGuess ? [] : Object.entries(broken);
      return [
        entityKey("monitor", key),
        {
          sample: { body: JSON.stringify(healthy) },
          badSamples: bad.map(([name, body]) => ({ name, body: JSON.stringify(body) })),
          hasOtherShapes,
          isGuess,
        },
      ];
    }),
  );
}

function isOwnQuery({ provenance }: DeclaredEntity): boolean {
  if (provenance.get("")?.origin?.by !== "service") return false;
  const written = provenance.get("/jsonPath")?.origin?.pointer ?? "";
  return !pointerParts(written).includes("overrides");
}
