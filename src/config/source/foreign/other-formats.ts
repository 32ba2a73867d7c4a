/** Documents of kuma-sync itself, and other files that lie beside a configuration. */
import { entriesOfNode, firstOf, patternPlace, textOfNode, type Recogniser } from "./foreign-file.ts";

const uses: Readonly<Record<string, string>> = {
  plan: "apply it with `kuma-sync apply FILE`, or show it with `kuma-sync show FILE`",
  snapshot: "plan against it with `kuma-sync plan --against FILE`",
};

const ownDocument: Recogniser = ({ roots: [root] }) => {
  const type = entriesOfNode(root).get("type");
  const name = /^kuma-sync\.([a-z-]+)$/u.exec(textOfNode(type?.value) ?? "")?.[1];
  if (type === undefined || name === undefined) return undefined;
  const what =
    name === "plan" ? "a saved plan" : name === "snapshot" ? "a snapshot" : `a document of --format json (${name})`;
  const hint = Object.hasOwn(uses, name) ? (uses[name] ?? "") : "name the configuration with -f";
  return { what, hint, start: type.start, end: type.end };
};

const jsonSchema: Recogniser = ({ roots: [root] }) => {
  const own = entriesOfNode(root).get("$schema");
  const isSchema = own !== undefined && /json-schema\.org/u.test(textOfNode(own.value) ?? "");
  return isSchema
    ? { what: "a JSON Schema", hint: "name the configuration with -f", start: own.start, end: own.end }
    : undefined;
};

const workflow: Recogniser = ({ roots: [root] }) => {
  const entries = entriesOfNode(root);
  const jobs = entries.get("jobs");
  if (jobs === undefined || !entries.has("on")) return undefined;
  const hint = "name the configuration with -f; how a workflow runs kuma-sync: docs/running-in-ci.md";
  return { what: "a workflow of GitHub Actions or Forgejo", hint, start: jobs.start, end: jobs.end };
};

const gitlab: Recogniser = ({ roots: [root] }) => {
  const entries = entriesOfNode(root);
  const jobs = [...entries.values()].filter(({ value }) => entriesOfNode(value).has("script"));
  const own = entries.get("stages") ?? jobs[0];
  if (own === undefined || jobs.length === 0) return undefined;
  const hint = "name the configuration with -f; how a pipeline runs kuma-sync: docs/running-in-ci.md";
  return { what: "a pipeline of GitLab CI", hint, start: own.start, end: own.end };
};

const packageJson: Recogniser = ({ roots: [root] }) => {
  const own = firstOf(entriesOfNode(root), ["dependencies", "devDependencies", "scripts"]);
  const isPackage = own !== undefined && entriesOfNode(root).has("name");
  return isPackage
    ? { what: "a package.json", hint: "name the configuration with -f", start: own.start, end: own.end }
    : undefined;
};

const environment: Recogniser = ({ text, roots: [root] }) => {
  if (entriesOfNode(root).size > 0) return undefined;
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  if (lines.length === 0 || !lines.every((line) => /^(?:export )?[A-Z][A-Z\d_]*=/u.test(line))) return undefined;
  const place = patternPlace(text, /^(?:export )?[A-Z][A-Z\d_]*=/mu) ?? { start: 0, end: 1 };
  return {
    what: "a file of environment variables",
    hint: "give it with --env-file, and the configuration with -f",
    ...place,
  };
};

const webPage: Recogniser = ({ text }) => {
  const place = patternPlace(text, /^\s*<(?:!doctype html|html|\?xml)[^>\n]*>?/iu);
  const hint = "it may be the page of a login or an error: look at how the file was downloaded";
  return place === undefined ? undefined : { what: "a web page", hint, ...place };
};

/** Three columns or more in each of the first lines, and nothing that is a mapping. */
const table: Recogniser = ({ file, text, roots: [root] }) => {
  const lines = text
    .split(/\r?\n/u)
    .filter((line) => line.trim() !== "")
    .slice(0, 5);
  const columns = lines.map((line) => line.split(/[,;\t]/u).length);
  const [first = 0] = columns;
  const isEven = first >= 3 && lines.length >= 2 && columns.every((count) => count === first);
  if (!/\.(?:csv|tsv)$/iu.test(file) && (!isEven || entriesOfNode(root).size > 0 || /[{[:]/u.test(lines[0] ?? "")))
    return undefined;
  const hint = "write each row as a monitor under `monitors:`: kuma-sync explain types";
  return { what: "a table (CSV)", hint, start: 0, end: (lines[0] ?? "").length };
};

export const otherFormats: readonly Recogniser[] = [
  ownDocument,
  jsonSchema,
  workflow,
  gitlab,
  packageJson,
  environment,
  webPage,
  table,
];
