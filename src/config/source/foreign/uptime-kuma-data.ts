/** Recognises data that Uptime Kuma exports or sends, and files of AutoKuma, which are similar. */
import { monitorTypes } from "../../../kinds/monitor-types/index.ts";
import { entriesOfNode, firstOf, itemsOfNode, patternPlace, textOfNode, type Recogniser } from "./foreign-file.ts";

const backup: Recogniser = ({ roots: [root] }) => {
  const entries = entriesOfNode(root);
  const own = firstOf(entries, ["monitorList", "notificationList"]);
  if (own === undefined) return undefined;
  const isBackup = entries.has("notificationList") && entries.has("version");
  return {
    what: isBackup ? "a backup of Uptime Kuma" : "a list that Uptime Kuma sends to its own pages",
    hint: isBackup
      ? "restore it in an Uptime Kuma 1.23 and run `kuma-sync import --out monitors.yaml`, which reads a running server"
      : "run `kuma-sync import --out monitors.yaml`, which reads the running server",
    start: own.start,
    end: own.end,
  };
};

/** Kinds of AutoKuma that are not monitors. */
const otherKinds = ["notification", "docker_host", "tag", "status_page"];

/** One entity, or a list of them, with its type at the top and without a key. */
const entity: Recogniser = ({ roots: [root] }) => {
  const one = itemsOfNode(root)[0] ?? root;
  const entries = entriesOfNode(one);
  const type = entries.get("type");
  const name = textOfNode(type?.value);
  if (type === undefined || name === undefined || entries.has("project") || entries.has("monitors")) return undefined;
  if (!monitorTypes.has(name) && !otherKinds.includes(name)) return undefined;
  const isList = one !== root;
  return {
    what: isList
      ? "a list of monitors without keys"
      : `one ${otherKinds.includes(name) ? name : `${name} monitor`} without a key`,
    hint: `AutoKuma has such files; write \`monitors:\`, and below it ${isList ? "each" : "it"} under a key`,
    start: type.start,
    end: type.end,
  };
};

const toml: Recogniser = ({ file, text, roots: [root] }) => {
  const isNamed = /\.toml$/iu.test(file);
  const line = patternPlace(
    text,
    /^\[{1,2}[\w."-]+\]{1,2}[ \t]*$|^[A-Za-z][\w.-]*[ \t]*=[ \t]*(?:["'[{\d]|true|false).*$/mu,
  );
  // A mapping with a colon is YAML, whatever its texts contain.
  if (line === undefined || (!isNamed && (entriesOfNode(root).size > 0 || /^[\w-]+:(?:\s|$)/mu.test(text))))
    return undefined;
  const isTable = text.slice(line.start, line.end).startsWith("[");
  if (!isNamed && !isTable) return undefined;
  return {
    what: "a TOML file",
    hint: "a configuration is YAML: write `key: value`, and tables as `key:` with lines below",
    ...line,
  };
};

export const uptimeKumaData: readonly Recogniser[] = [backup, entity, toml];
