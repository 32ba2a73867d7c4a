/** Reads what a first configuration needs: the release, and the models that the key's account can see. */
import { isJsonObject } from "../../../model/json.ts";
import type { Provider } from "../block/written.ts";
import { ask } from "./ask.ts";
import { listedModels } from "./listed-models.ts";
import type { OpenWebUIPort } from "./port.ts";

export interface InstanceModel {
  readonly id: string;
  readonly provider: Provider;
}

export interface Instance {
  readonly version: string | undefined;
  /** Without arena models. Undefined if there is no key or the list was refused; the doctor explains why. */
  readonly models: readonly InstanceModel[] | undefined;
}

export async function readInstance(
  port: OpenWebUIPort,
  { url, apiKey }: { readonly url: string; readonly apiKey?: string | undefined },
): Promise<Instance> {
  const told = await ask(port, url, { path: "/api/version" });
  const version = told.type === "json" && isJsonObject(told.json) ? told.json["version"] : undefined;
  const known = typeof version === "string" && /^\d+\.\d+\.\d+/u.test(version) ? version : undefined;
  if (apiKey === undefined) return { version: known, models: undefined };
  const headers = { authorization: `Bearer ${apiKey}` };
  const models = listedModels(await ask(port, url, { path: "/api/models", headers }));
  const watchable = models?.filter(({ isArena }) => !isArena).map(({ id, provider }) => ({ id, provider }));
  return { version: known, models: watchable };
}
