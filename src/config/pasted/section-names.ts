/** Other names of people and tools for the keys at the top level of a configuration. */
import { sameWord } from "../../model/guess.ts";
import { renamed, type MeantKey } from "./meant-key.ts";
import { plainName } from "./plain-name.ts";

const otherNames: readonly (readonly [section: string, names: readonly string[]])[] = [
  ["monitors", ["monitor", "checks", "check", "endpoints", "endpoint", "sites", "websites", "urls", "hosts", "probes"]],
  ["notifications", ["notification", "alerts", "alerting", "alert", "contacts", "channels", "notifiers", "receivers"]],
  ["statusPages", ["statuspage", "statuspagelist", "pages", "page"]],
  ["dockerHosts", ["dockerhost", "docker"]],
  ["remoteBrowsers", ["remotebrowser", "browsers", "browser"]],
  ["proxies", ["proxy", "proxys"]],
  ["tags", ["tag", "labels"]],
  ["maintenance", ["maintenances", "maintenancewindow", "maintenancewindows", "downtimes", "downtime", "windows"]],
  ["settings", ["setting"]],
  ["vars", ["variables", "variable", "var", "values"]],
  ["targets", ["target", "servers", "server", "instances"]],
  ["defaults", ["default", "defaultsettings", "globals", "global"]],
  ["project", ["name", "projectname"]],
  ["services", ["service", "apps", "app", "applications", "backends", "integrations"]],
  ["openWebUI", ["openwebui", "owui"]],
];

/** What to write instead of a key that is not one of `known`; undefined for an unknown word. */
export function meantSection(name: string, known: readonly string[]): MeantKey | undefined {
  const plain = plainName(name);
  const same = sameWord(name, known);
  if (same !== undefined) return renamed(same);
  const other = otherNames.find(([section, names]) => names.includes(plain) && known.includes(section))?.[0];
  if (other !== undefined) return { hint: `write ${other}`, field: other };
  if ((plain !== "groups" && plain !== "group") || !known.includes("monitors")) return undefined;
  return { hint: "a group is a monitor: write `monitors: { NAME: { type: group } }`, and `parent: NAME` in others" };
}
