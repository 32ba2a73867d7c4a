import { kinds } from "../../kinds/index.ts";
import { observe } from "../../kuma/observe.ts";
import { kindNames } from "../../model/entity.ts";
import type { KumaReader } from "../../model/kuma-client.ts";
import type { Observed } from "../../model/observed.ts";

export interface ObservedProject {
  readonly observed: Observed;
  /** The one that was named, or the only one that manages something there. */
  readonly project: string | undefined;
}

/** Objects of every kind, managed or not, with the ledger of the project that is named, or of the only one.*/
export async function observeAll(reader: KumaReader, named: string | undefined): Promise<ObservedProject> {
  const read = (project: string): Promise<Observed> =>
    observe(reader, kinds, { freshness: "pushed", project, needed: new Set(kindNames) });
  if (named !== undefined) return { observed: await read(named), project: named };
  const observed = await read("");
  const projects = new Set(observed.entities.flatMap(({ owner }) => owner?.project ?? []));
  const [only] = projects;
  // Which ledger is ours is known only now.
  return only === undefined || projects.size > 1
    ? { observed, project: undefined }
    : { observed: await read(only), project: only };
}
