import type { ObjectSource } from "../../model/rendered-configuration.ts";

/** `monitors.yaml:12`, `template web (base.yaml:3)`, `override of target prod (base.yaml:20)`. */
export function sourceText({ by, name = "", file, line }: ObjectSource): string {
  const place = `${file}:${line}`;
  switch (by) {
    case "object":
      return place;
    case "row":
      return `row (${place})`;
    case "service":
      return `${name} (${place})`;
    case "template":
      return `template ${name} (${place})`;
    case "group":
      return `defaults of group ${name} (${place})`;
    case "defaults":
      return `defaults.${name} (${place})`;
    case "override":
      return `override of target ${name} (${place})`;
    default:
      return by satisfies never;
  }
}
