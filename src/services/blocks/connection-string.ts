/** The connection string of a service that Uptime Kuma asks with a client of its own and not by HTTP. */
import type { JsonObject } from "../../model/json.ts";
import type { ServiceInstance } from "../service.ts";

/** Scheme, host, port and path: nothing that can hold a secret. */
export function plainAddress(connectionString: string): string {
  const text = connectionString.trim().replace(/[?#].*$/su, "");
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/).*@/isu, "$1");
}

/** Parameters after `?`, by their names, which clients tell apart by upper and lower case. Values stay encoded. */
export function stringParameters(connectionString: string): ReadonlyMap<string, string> {
  const search = /\?([^#]*)/su.exec(connectionString)?.[1] ?? "";
  const parts = search.split("&").filter((part) => part !== "");
  return new Map(
    parts.map((part) => {
      const [, name = "", value = ""] = /^([^=]*)=?(.*)$/su.exec(part) ?? [];
      return [name, value];
    }),
  );
}

/** Adds those that are not there, so that what a user wrote wins. */
export function withParameters(connectionString: string, added: Readonly<Record<string, string>>): string {
  const text = connectionString.trim();
  const known = stringParameters(text);
  const missing = Object.entries(added).filter(([name]) => !known.has(name));
  if (missing.length === 0) return text;
  const search = missing.map(([name, value]) => `${name}=${value}`).join("&");
  if (/[?&]$/u.test(text)) return text + search;
  return `${text}${text.includes("?") ? "&" : "?"}${search}`;
}

/** JSON Schema 2020-12 of `url`. `schemes` is a part of a regular expression. */
export function connectionStringSchema(title: string, schemes: string, example: string): JsonObject {
  return {
    type: "string",
    pattern: String.raw`^\s*(${schemes})://\S`,
    title: "URL",
    description: `The connection string of ${title}, as Uptime Kuma reaches it. Take the password from \`\${env:…}\`.`,
    // The second one stands in for a whole address from outside while its value is not read.
    examples: [example, example.replace(/(?<=\/\/).*@/u, "")],
  };
}

/** Those of the blocks, with addresses that can be shown. */
export function stringInstances(blocks: readonly ServiceInstance[]): readonly ServiceInstance[] {
  return blocks.map((block) => ({ ...block, url: plainAddress(block.url) }));
}
