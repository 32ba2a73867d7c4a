/** Reads what a first configuration needs: the release, and the models that the key's account can see. */
import { isJsonObject } from "../../../model/json.ts";
import type { Provider } from "../block/written.ts";
import { ask, type ServiceAnswer } from "../../requests/ask.ts";
import { listedModels } from "./listed-models.ts";
import type { ServicePort } from "../../requests/port.ts";

export interface InstanceModel {
  readonly id: string;
  readonly provider: Provider;
  /** Its id is written in its connection, whose provider Open WebUI does not ask for a list. */
  readonly isManual?: true;
}

export interface Instance {
  readonly version: string | undefined;
  /** Without arena models. Undefined if there is no key or the list was refused; the doctor explains why. */
  readonly models: readonly InstanceModel[] | undefined;
}

export async function readInstance(
  port: ServicePort,
  { url, apiKey }: { readonly url: string; readonly apiKey?: string | undefined },
): Promise<Instance> {
  const known = releaseIn(await ask(port, url, { path: "/api/version" }));
  if (apiKey === undefined) return { version: known, models: undefined };
  const headers = { authorization: `Bearer ${apiKey}` };
  const models = listedModels(await ask(port, url, { path: "/api/models", headers }));
  const watchable = models
    ?.filter(({ isArena }) => !isArena)
    .map(({ id, provider, isManual }) => ({ id, provider, ...(isManual ? { isManual } : {}) }));
  return { version: known, models: watchable };
}

/** What an answer says under `version`, if that looks like a release. */
export function releaseIn(answer: ServiceAnswer): string | undefined {
  const version = answer.type === "json" && isJsonObject(answer.json) ? answer.json["version"] : undefined;
  return typeof version === "string" && /^\d+\.\d+\.\d+/u.test(version) ? version : undefined;
}
