/** The address of a service, as its block says it. */
import type { JsonObject } from "../../model/json.ts";
import type { ServiceProblem } from "../problem.ts";

/**
 * Without trailing slashes: paths are added to it, and with one slash too many a service may answer something else
 * (docs/upstream/open-webui.md#web-page-for-unknown-paths).
 */
export function baseUrl(url: string): string {
  return url.trim().replace(/\/+$/u, "");
}

/** `own`: the first parts of the paths of the service, which people paste with the address. */
export function addressProblems(url: string, own: readonly string[]): readonly ServiceProblem[] {
  const afterHost = baseUrl(url).replace(/^https?:\/\/[^/?#]*/iu, "");
  const found = new RegExp(String.raw`/(${own.join("|")})(/.*)?$|[?#].*$`, "u").exec(afterHost)?.[0];
  if (found === undefined) return [];
  const message = `the address ends in "${found}"; the paths are added here`;
  const hint = "write the address without it";
  return [{ code: "KS1701", severity: "error", message, pointer: "/url", hint }];
}

/** `title` is the name of the service; a key that says the same adds nothing to it. */
export function blockName(title: string, key: string, name: string | undefined): string {
  return name ?? (key === "main" || plain(key) === plain(title) ? title : `${title} ${key}`);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/gu, "");
}

/** JSON Schema 2020-12 of `url`. `title` is the name of the service. */
export function addressSchema(title: string, example: string): JsonObject {
  return {
    type: "string",
    pattern: String.raw`^\s*[Hh][Tt][Tt][Pp][Ss]?://\S`,
    title: "URL",
    description: `The address as Uptime Kuma reaches it, without a path of ${title}'s own.`,
    examples: [example],
  };
}
