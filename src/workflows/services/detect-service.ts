/** Finds out which service answers at an address, without a key. */
import { UsageError } from "../../model/errors.ts";
import { askOnce } from "../../services/requests/ask-once.ts";
import { splitAddress, type ServiceAnswer } from "../../services/requests/ask.ts";
import type { ServicePort } from "../../services/requests/port.ts";
import { loadDoctor, webServiceTypes, type ServiceType } from "../../services/services.ts";

/** `address` is without credentials. */
export type Detected =
  | {
      readonly type: "known";
      readonly address: string;
      readonly service: ServiceType;
      readonly version: string | undefined;
      /** The names of its models, where it tells them without a key. */
      readonly models: readonly string[];
    }
  /** Something answers; `root` is its answer to `GET /`. */
  | { readonly type: "unknown"; readonly address: string; readonly root: ServiceAnswer }
  /** `code` is Node's error code. */
  | { readonly type: "unreachable"; readonly address: string; readonly code: string };

/**
 * Asks each path at most once, and nothing more where nothing answers at all. Redirects are not followed. Throws nothing
 * for what a server answers.
 */
export async function detectService(port: ServicePort, url: string): Promise<Detected> {
  const { address } = splitAddress(url);
  const get = askOnce(port, url);
  const root = await get("/");
  if (root.type === "unreachable") return { type: "unreachable", address, code: root.code };
  for (const service of webServiceTypes) {
    const found = await (await loadDoctor(service)).recognise(get);
    if (found !== undefined) {
      const { version, models = [] } = found;
      return { type: "known", address, service, version, models: models.filter(isUsableName) };
    }
  }
  return { type: "unknown", address, root };
}

/** A server may tell anything; a longer name makes keys that are too long. */
function isUsableName(name: string): boolean {
  return name !== "" && name.length <= 60;
}

/** What people type for an address: `localhost:11434` is taken for http. Throws UsageError for anything else. */
export function readAddress(text: string): string {
  const url = /^[a-z][a-z0-9+.-]*:\/\//iu.test(text) ? text : `http://${text}`;
  if (!/^https?:\/\//iu.test(url) || !URL.canParse(url)) {
    throw new UsageError("--detect takes addresses of web services", "write them like http://ollama:11434");
  }
  // What follows may be a secret, and paths are added here.
  return url.replace(/[?#].*$/su, "").replace(/\/+$/u, "");
}
