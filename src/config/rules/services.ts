/** Applies the rules of each service to the monitors of a configuration that ask it. */
import { localKey } from "../../model/entity.ts";
import type { Finding } from "../../model/finding.ts";
import { isWithin, pointerParts, pointerTo, type JsonObject } from "../../model/json.ts";
import type { ServiceInstance } from "../../services/service.ts";
import { baseUrl } from "../../services/blocks/base-url.ts";
import { loadService, serviceTitle, serviceTypes, typesAsked, type ServiceType } from "../../services/services.ts";
import type { DeclaredEntity, DeclaredService } from "../config.ts";
import { findingFor } from "../entity-finding.ts";
import { placeBelow } from "../source/child-place.ts";
import { spanOf } from "../source/positions.ts";
import { placesWith, type Origin } from "../values/provenance.ts";
import { serviceWords } from "../sections/service-words.ts";
import type { ConfigRule } from "./rule.ts";

export const services: ConfigRule = {
  name: "services",
  checkAll: async ({ entities, services: declared }) =>
    serviceFindings(entities, await knownInstances(entities, declared)),
};

/** The servers that the monitors ask, by the type of the service; none of a type that nothing is about. */
export type KnownInstances = ReadonlyMap<ServiceType, readonly ServiceInstance[]>;

export async function knownInstances(
  entities: readonly DeclaredEntity[],
  declared: readonly DeclaredService[],
): Promise<KnownInstances> {
  const monitors = writtenMonitors(entities);
  const asked = typesAsked(Object.values(monitors));
  const types = serviceTypes.filter((type) => asked.includes(type) || declared.some((one) => one.type === type));
  const found = types.map(async (type) => {
    const blocks = declared.filter((one) => one.type === type).map(({ written }) => instanceOf(written));
    return [type, (await loadService(type)).instances(monitors, blocks)] as const;
  });
  return new Map(await Promise.all(found));
}

function instanceOf(written: JsonObject): ServiceInstance {
  const { url, version } = written;
  return {
    url: typeof url === "string" ? url : "",
    ...(typeof version === "string" ? { version } : {}),
    written,
  };
}

/** Outages that the monitors would miss, whether they come from a block or were written by hand. */
export async function serviceFindings(
  entities: readonly DeclaredEntity[],
  known: KnownInstances,
): Promise<readonly Finding[]> {
  const own = entities.filter(({ kind }) => kind === "monitor");
  const monitors = new Map(own.map((entity) => [localKey(entity.key), entity]));
  const written = writtenMonitors(entities);
  const problems = await Promise.all(
    [...known].map(async ([type, instances]) => (await loadService(type)).check(written, instances)),
  );
  return problems.flat().flatMap((problem) => {
    const [key = "", ...parts] = pointerParts(problem.pointer);
    const entity = monitors.get(key);
    if (entity === undefined) return [];
    const pointer = pointerTo(...parts);
    const secrets = placesWith(entity.provenance, "isSecret");
    const isSecret = problem.quotesNothing !== true && (isWithin("/url", secrets) || isWithin(pointer, secrets));
    return [findingFor(entity, { ...serviceWords(problem, isSecret), pointer })];
  });
}

/** A server with the release that it reports itself. */
export interface ReportedInstance extends ServiceInstance {
  readonly reported: string | undefined;
}

/** Where a block names another release than the one that runs. A block is found by the monitors that it makes. */
export function releaseFindings(
  entities: readonly DeclaredEntity[],
  type: ServiceType,
  instances: readonly ReportedInstance[],
): readonly Finding[] {
  return instances.flatMap(({ url, written, reported }) => {
    const said = written?.["version"];
    const place = blockOf(entities, url);
    if (typeof said !== "string" || reported === undefined || place === undefined) return [];
    if (isSameRelease(said, reported)) return [];
    return [
      {
        code: "KS1565",
        severity: "warning",
        message: `${serviceTitle(type)} ${reported} runs there, and the file says ${said}`,
        at: spanOf(placeBelow(place.place, ["version"]), "value"),
        pointer: place.pointer + pointerTo("version"),
        hint: `write version: "${reported}", so that what this release does differently is checked`,
      },
    ];
  });
}

/** `0.12` in the file means any 0.12. */
function isSameRelease(said: string, reported: string): boolean {
  const [wanted = "", runs = ""] = [said, reported].map((text) => text.replace(/^v/u, ""));
  return runs === wanted || (/^\d+\.\d+$/u.test(wanted) && runs.startsWith(`${wanted}.`));
}

/** The place and the pointer of the block whose monitors ask `url`. Those of a model come from the place of the model. */
function blockOf(entities: readonly DeclaredEntity[], url: string): Pick<Origin, "place" | "pointer"> | undefined {
  const base = baseUrl(url);
  const origins = entities.flatMap(({ written, provenance }) => {
    const origin = provenance.get("")?.origin;
    const asked = written["url"];
    return typeof asked === "string" && asked.startsWith(`${base}/`) && origin?.by === "service" ? [origin] : [];
  });
  return origins.find(({ pointer }) => pointerParts(pointer).length === 2);
}

/** By key without the kind; the type is among the fields. */
export function writtenMonitors(entities: readonly DeclaredEntity[]): Readonly<Record<string, JsonObject>> {
  const monitors = entities.filter(({ kind }) => kind === "monitor");
  return Object.fromEntries(
    monitors.map(({ key, variant, written }) => [localKey(key), { type: variant.type ?? "", ...written }]),
  );
}
