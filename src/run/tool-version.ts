import { readFileSync } from "node:fs";

/** Of this package, for example `0.1.0`. Read when asked, as JSON modules print a warning on Node 20. */
export function toolVersion(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { readonly version: string }).version;
}

export function versionText(): string {
  return `kuma-sync ${toolVersion()}\n`;
}
