/** What a written monitor requests from an Open WebUI, analysed once for all rules. */
import { isJsonObject, parseJson, type Json, type JsonObject } from "../../../model/json.ts";
import { baseUrl } from "../../blocks/base-url.ts";
import { routeOf, type Route } from "../facts/routes.ts";
import { openWebUISigns } from "../signs.ts";
import type { WrittenOpenWebUI } from "../block/written.ts";

/** An Open WebUI, and its release if it is known. */
export interface OpenWebUIInstance {
  readonly url: string;
  readonly version?: string | undefined;
  /** The release that its block names, if it has one. */
  readonly declared?: string | undefined;
  /** Ids of models that the block declares not to be Ollama's, whatever their names are. */
  readonly notOllama?: readonly string[];
}

export function instanceOf({ url, version, models = [] }: WrittenOpenWebUI): OpenWebUIInstance {
  const notOllama = models.flatMap((model) =>
    typeof model === "string" || model.provider === undefined || model.provider === "ollama" ? [] : [model.id],
  );
  return { url, version, declared: version, notOllama };
}

export interface AskedMonitor {
  readonly key: string;
  readonly written: JsonObject;
  readonly type: "http" | "keyword" | "json-query";
  readonly instance: OpenWebUIInstance;
  /** Path below the instance's address, without a query string. */
  readonly path: string;
  /** What follows the path, without the question mark. */
  readonly search: string;
  /** The route, without trailing slashes. */
  readonly route: Route | undefined;
  readonly method: string;
  /** Undefined if there is no body, or it is not a JSON object. */
  readonly body: JsonObject | undefined;
  /** Names in lower case. */
  readonly headers: readonly string[];
  /** Empty for types other than json-query. */
  readonly query: string;
}

/**
 * The monitors that ask one of `instances`, or another Open WebUI that is recognised by the paths of other monitors.
 */
export function askedMonitors(
  monitors: Readonly<Record<string, JsonObject>>,
  instances: readonly OpenWebUIInstance[],
): readonly AskedMonitor[] {
  const known: readonly OpenWebUIInstance[] = [
    ...instances.map((instance) => ({ ...instance, url: baseUrl(instance.url) })),
    ...guessInstances(monitors),
  ];
  return Object.entries(monitors).flatMap(([key, written]) => {
    const { type, url } = written;
    if (type !== "http" && type !== "keyword" && type !== "json-query") return [];
    if (typeof url !== "string") return [];
    const whole = withoutQuery(url);
    const instance = known
      .filter((candidate) => whole === candidate.url || whole.startsWith(`${candidate.url}/`))
      .toSorted((left, right) => right.url.length - left.url.length)[0];
    if (instance === undefined) return [];
    const path = whole.slice(instance.url.length) || "/";
    return [asked(key, { written, type, instance, path, search: searchOf(url) })];
  });
}

function asked(
  key: string,
  about: Pick<AskedMonitor, "written" | "type" | "instance" | "path" | "search">,
): AskedMonitor {
  const { method, headers, jsonPath } = about.written;
  return {
    key,
    ...about,
    route: routeOf(about.path.replace(/(?<=.)\/+$/u, "")),
    method: typeof method === "string" ? method.toUpperCase() : "GET",
    body: parsedObject(about.written["body"]),
    headers: Object.keys(parsedObject(headers) ?? {}).map((name) => name.toLowerCase()),
    query: about.type === "json-query" && typeof jsonPath === "string" ? jsonPath : "",
  };
}

function guessInstances(monitors: Readonly<Record<string, JsonObject>>): OpenWebUIInstance[] {
  const urls = Object.values(monitors).flatMap(({ url }) => {
    if (typeof url !== "string" || !/^https?:\/\//iu.test(url)) return [];
    const whole = baseUrl(withoutQuery(url));
    const path = openWebUISigns.paths.find((distinctive) => whole.endsWith(distinctive));
    return path === undefined ? [] : [whole.slice(0, -path.length)];
  });
  return [...new Set(urls)].map((url) => ({ url }));
}

function searchOf(url: string): string {
  return /\?([^#]*)/u.exec(url)?.[1] ?? "";
}

function withoutQuery(url: string): string {
  return url.replace(/[?#].*$/su, "");
}

/** Headers and bodies may be written as the text of a JSON object. */
function parsedObject(written: Json | undefined): JsonObject | undefined {
  if (isJsonObject(written)) return written;
  if (typeof written !== "string") return undefined;
  const parsed = parseJson(written);
  return isJsonObject(parsed) ? parsed : undefined;
}
