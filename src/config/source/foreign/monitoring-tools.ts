/** Other tools that monitor: Gatus, Upptime, Prometheus and its exporter, Home Assistant. */
import { entriesOfNode, firstOf, itemsOfNode, type ForeignEntry, type Recogniser } from "./foreign-file.ts";

const typesHint = "write what it watches as monitors: kuma-sync explain types";

const gatus: Recogniser = ({ roots: [root] }) => {
  const entries = entriesOfNode(root);
  const endpoints = firstOf(entries, ["endpoints", "external-endpoints", "suites"]);
  if (endpoints === undefined) return undefined;
  const isOne =
    ["alerting", "storage", "ui", "external-endpoints", "suites"].some((key) => entries.has(key)) ||
    itemsOfNode(endpoints.value).some((item) => entriesOfNode(item).has("conditions"));
  return isOne ? found("a Gatus configuration", endpoints) : undefined;
};

const upptime: Recogniser = ({ roots: [root] }) => {
  const entries = entriesOfNode(root);
  const sites = entries.get("sites");
  const isOne = sites !== undefined && (entries.has("repo") || entries.has("status-website"));
  return isOne ? found("an Upptime configuration", sites) : undefined;
};

const blackbox: Recogniser = ({ roots: [root] }) => {
  const modules = entriesOfNode(root).get("modules");
  if (modules === undefined) return undefined;
  const all = [...entriesOfNode(modules.value).values()];
  const isOne = all.some(({ value }) => entriesOfNode(value).has("prober"));
  return isOne ? found("the configuration of Prometheus' blackbox exporter", modules) : undefined;
};

const prometheus: Recogniser = ({ roots: [root] }) => {
  const entries = entriesOfNode(root);
  const scrape = entries.get("scrape_configs");
  if (scrape !== undefined) return found("a Prometheus configuration", scrape);
  const receivers = entries.get("receivers");
  if (receivers !== undefined && entries.has("route")) return found("an Alertmanager configuration", receivers);
  const groups = entries.get("groups");
  const isRules = itemsOfNode(groups?.value).some((item) => entriesOfNode(item).has("rules"));
  return groups !== undefined && isRules ? found("a file of Prometheus rules", groups) : undefined;
};

const homeAssistant: Recogniser = ({ roots: [root] }) => {
  const entries = entriesOfNode(root);
  const own = firstOf(entries, ["homeassistant", "default_config"]);
  return own === undefined ? undefined : found("a Home Assistant configuration", own);
};

function found(what: string, { start, end }: ForeignEntry): ReturnType<Recogniser> {
  return { what, hint: typesHint, start, end };
}

export const monitoringTools: readonly Recogniser[] = [gatus, upptime, blackbox, prometheus, homeAssistant];
