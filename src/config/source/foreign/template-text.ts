/** A file that a template engine has not rendered yet: Helm, Jinja, Ansible, GitHub Actions. */
import { isMap, visit, type ParsedNode } from "yaml";
import { lineAt } from "../slips/lines.ts";
import type { ForeignFile, OpenedText } from "./foreign-file.ts";

/** Only at the start of a line or of a value: in quotes and within texts it is ordinary text. */
const opening = /(?:^\s*|[:[,-]\s+)(\{\{[-~#]?|\{%[-+~]?|\{#|<%=?)/u;
const helm =
  /\{\{-?\s*(?:[^}]*\s)?(?:\.(?:Values|Release|Chart|Files|Template|Capabilities)\b|include\b|template\b|toYaml\b|range\b|define\b|with\b|end\b)/u;

/** The first template in a text that does not parse, if the first error is on its line. */
export function templateInBroken(text: string, errorAt: number): ForeignFile | undefined {
  const line = lineAt(text, errorAt);
  for (const one of [line, line.start === 0 ? line : lineAt(text, line.start - 1)]) {
    const found = opening.exec(one.text);
    if (found !== null) return unrendered(text, one.start + found.index + found[0].indexOf(found[1] ?? ""));
  }
  return undefined;
}

/** `key: {{ value }}` is valid YAML: a mapping that is the key of a mapping. */
export function templateInParsed({ text, roots }: Pick<OpenedText, "text" | "roots">): ForeignFile | undefined {
  if (!text.includes("{{")) return undefined;
  let start: number | undefined;
  for (const root of roots) {
    visit(root, {
      Pair(_key, { key }) {
        const node = key as ParsedNode | null;
        if (!isMap(node) || node.flow !== true || node.range == null) return undefined;
        start = node.range[0] - 1;
        return visit.BREAK;
      },
    });
    if (start !== undefined) return unrendered(text, start);
  }
  return undefined;
}

function unrendered(text: string, start: number): ForeignFile {
  const line = lineAt(text, start);
  const rest = line.text.slice(start - line.start);
  const length = /^(?:\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<%.*?%>)/u.exec(rest)?.[0].length ?? rest.trimEnd().length;
  const name = /^\{\{\s*([A-Za-z_]\w*)\s*\}\}/u.exec(rest)?.[1];
  return {
    code: "KS1011",
    what: `a template that is not rendered${helm.test(text) ? " (Helm)" : /\{%/u.test(text) ? " (Jinja)" : ""}`,
    hint: helm.test(text)
      ? "render it first: `helm template … | kuma-sync plan -f -`"
      : name === undefined
        ? "render it first, or write ${var:NAME} or ${env:NAME}"
        : `render it first, or write \${var:${name}} or \${env:${name.toUpperCase()}}`,
    start,
    end: start + length,
  };
}
