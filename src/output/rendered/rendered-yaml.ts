/** A rendered configuration as YAML: each object with a comment that says where it comes from. */
import { localKey } from "../../model/entity.ts";
import type { Json } from "../../model/json.ts";
import type { RenderedConfiguration, RenderedObject } from "../../model/rendered-configuration.ts";
import { sourceText } from "../words/object-source.ts";
import { yamlFileText, type YamlSection } from "../yaml/yaml-file.ts";

export function renderedYaml(rendered: RenderedConfiguration): string {
  const { head, objects, tail } = rendered;
  const names = [...new Set(objects.map(({ section }) => section))];
  return yamlFileText({
    header: headerOf(rendered),
    sections: [
      ...Object.entries(head).map(([name, value]) => plainSection(name, value)),
      ...names.map((name) =>
        sectionOf(
          name,
          objects.filter(({ section }) => section === name),
        ),
      ),
      ...Object.entries(tail).map(([name, value]) => plainSection(name, value)),
    ],
    footer: [],
  });
}

function plainSection(name: string, value: Json): YamlSection {
  return { name, isApart: name !== "version" && name !== "project", content: { value } };
}

function headerOf({ project, target, objects, selectedOf }: RenderedConfiguration): readonly string[] {
  const where = target === undefined ? "" : `, for target ${target}`;
  const what = `Project ${project}${where}, with everything filled in but secrets: written by kuma-sync render.`;
  if (selectedOf === undefined) return [what];
  return [what, `Only ${objects.length} of its ${selectedOf} objects, as --select says: not to be applied by itself.`];
}

function sectionOf(name: string, objects: readonly RenderedObject[]): YamlSection {
  const [only] = objects;
  if (only?.isOnly === true) {
    return { name, isApart: true, content: { value: only.fields }, comment: [commentOf(only)] };
  }
  const entries = objects.map((object) => ({
    key: localKey(object.key),
    value: object.fields,
    comments: [[commentOf(object)]],
    isCommentApart: false,
    isShort: object.key.startsWith("tag/"),
  }));
  return { name, isApart: true, content: { entries, after: [] } };
}

function commentOf({ sources }: RenderedObject): string {
  return sources.map(sourceText).join(", ");
}
