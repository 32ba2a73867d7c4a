import { kinds } from "../../kinds/index.ts";
import { observe } from "../../kuma/observe.ts";
import { kindNames } from "../../model/entity.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import type { Observed } from "../../model/observed.ts";

export interface ObservedProject {
  readonly observed: Observed;
  /** The named project, or the only one that manages objects on the server. */
  readonly project: string | undefined;
}

/** All objects, managed or not, with the ledger of the named project, or of the only one. */
export async function observeAll(reader: KumaReader, named: string | undefined): Promise<ObservedProject> {
  const read = (project: string): Promise<Observed> =>
    observe(reader, kinds, { freshness: "pushed", project, needed: new Set(kindNames) });
  if (named !== undefined) return { observed: await read(named), project: named };
  const observed = await read("");
  const projects = new Set(observed.entities.flatMap(({ owner }) => owner?.project ?? []));
  const [only] = projects;
  // Only now it is known which ledger is needed.
  return only === undefined || projects.size > 1
    ? { observed, project: undefined }
    : { observed: await read(only), project: only };
}
