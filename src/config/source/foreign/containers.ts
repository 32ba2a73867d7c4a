/** Docker Compose, Kubernetes and Helm. */
import { entriesOfNode, textOfNode, type ForeignEntry, type Recogniser } from "./foreign-file.ts";

const composeFile = /(?:^|\/)(?:docker-)?compose(?:\.[\w-]+)*\.ya?ml$/iu;
const serviceKeys = ["image", "build", "container_name", "labels", "ports", "environment", "volumes", "depends_on"];

const compose: Recogniser = ({ file, text, roots: [root] }) => {
  const services = entriesOfNode(root).get("services");
  if (services === undefined) return undefined;
  const all = [...entriesOfNode(services.value).values()];
  const isCompose = all.some(({ value }) => serviceKeys.some((key) => entriesOfNode(value).has(key)));
  if (!isCompose && !composeFile.test(file)) return undefined;
  const hasLabels = /\bkuma\.[^\s.=:]+\.[\w-]+\./u.test(text);
  const hint = hasLabels
    ? "kuma-sync does not read labels: `kuma-sync import` writes the monitors that AutoKuma made (docs/coming-from/autokuma.md)"
    : "write what should be watched as monitors: kuma-sync explain types";
  return { what: "a Compose file", hint, start: services.start, end: services.end };
};

const kubernetes: Recogniser = ({ roots }) => {
  for (const root of roots) {
    const entries = entriesOfNode(root);
    const [version, kind] = [entries.get("apiVersion"), entries.get("kind")];
    if (version === undefined || kind === undefined) continue;
    const name = textOfNode(kind.value) ?? "";
    const hint =
      name === "KumaEntity"
        ? "its `spec.config` holds AutoKuma's fields: `kuma-sync import` writes the monitors that it made (docs/coming-from/autokuma.md)"
        : "write what should be watched as monitors: kuma-sync explain types";
    return { what: `a Kubernetes manifest (${name.slice(0, 40)})`, hint, ...placeOfEntry(version) };
  }
  return undefined;
};

const helmChart: Recogniser = ({ file, roots: [root] }) => {
  const entries = entriesOfNode(root);
  const version = entries.get("apiVersion");
  if (version === undefined || !entries.has("name") || !(entries.has("appVersion") || /Chart\.ya?ml$/u.test(file))) {
    return undefined;
  }
  return { what: "the Chart.yaml of a Helm chart", hint: "name the configuration with -f", ...placeOfEntry(version) };
};

const helmValues: Recogniser = ({ roots: [root] }) => {
  const entries = entriesOfNode(root);
  const replicas = entries.get("replicaCount");
  if (replicas === undefined || !entries.has("image")) return undefined;
  return { what: "the values of a Helm chart", hint: "name the configuration with -f", ...placeOfEntry(replicas) };
};

function placeOfEntry({ start, end }: ForeignEntry): { readonly start: number; readonly end: number } {
  return { start, end };
}

export const containers: readonly Recogniser[] = [compose, kubernetes, helmChart, helmValues];
