import manifest from "../../package.json" with { type: "json" };

/** Of this package, for example `0.1.0`. */
export const toolVersion: string = manifest.version;

export const versionText = `kuma-sync ${toolVersion}\n`;
