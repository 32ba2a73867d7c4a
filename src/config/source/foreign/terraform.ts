/** Terraform and OpenTofu: states, plans, JSON and HCL. */
import { entriesOfNode, firstOf, patternPlace, type Recogniser } from "./foreign-file.ts";

const hint =
  "kuma-sync does not read Terraform: `kuma-sync import` writes what it made on the server (docs/coming-from/terraform.md)";

const state: Recogniser = ({ roots: [root] }) => {
  const entries = entriesOfNode(root);
  const own = firstOf(entries, ["lineage", "terraform_version", "tofu_version"]);
  return own === undefined || !(entries.has("resources") || entries.has("values") || entries.has("serial"))
    ? undefined
    : { what: "a Terraform state", hint, start: own.start, end: own.end };
};

const json: Recogniser = ({ file, roots: [root] }) => {
  const entries = entriesOfNode(root);
  const own = firstOf(entries, ["resource", "terraform", "provider", "module", "variable", "locals", "data", "output"]);
  const first = [...entries.values()][0];
  if (file.endsWith(".tfvars.json") && first !== undefined) {
    return { what: "a file of Terraform variables", hint, start: first.start, end: first.end };
  }
  const isNamed = file.endsWith(".tf.json");
  const resources = [...entriesOfNode(entries.get("resource")?.value).keys()];
  if (own === undefined || !(isNamed || resources.some((type) => type.includes("_")))) return undefined;
  return { what: "a Terraform configuration in JSON", hint, start: own.start, end: own.end };
};

const block = /^(?:resource|data|provider|variable|module|output)[ \t]+"[^"\n]*"(?:[ \t]+"[^"\n]*")?[ \t]*\{/mu;

const hcl: Recogniser = ({ file, text }) => {
  const isNamed = /\.(?:tf|tofu|tfvars|hcl)$/u.test(file);
  const place = patternPlace(text, block) ?? patternPlace(text, /^(?:locals|terraform)[ \t]*\{/mu);
  if (place === undefined && !isNamed) return undefined;
  return { what: "a Terraform configuration (HCL)", hint, ...(place ?? { start: 0, end: 1 }) };
};

export const terraform: readonly Recogniser[] = [state, json, hcl];
