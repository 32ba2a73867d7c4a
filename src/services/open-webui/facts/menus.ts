/** Where an administrator finds things in Open WebUI's pages. */
import { holds, sinceOf } from "./facts-by-release.ts";

/** The settings of API keys, which moved. */
export function keysMenu(version: string | undefined): string {
  const isMoved = holds("keys-under-authentication", version);
  if (isMoved === false) return "Admin Panel > Settings > General";
  const menu = "Admin Panel > Settings > Authentication";
  return isMoved === true ? menu : `${menu} (General before ${sinceOf("keys-under-authentication")})`;
}

export const connectionsMenu = "Admin Panel > Settings > Connections";
export const modelsMenu = "Admin Panel > Settings > Models";
