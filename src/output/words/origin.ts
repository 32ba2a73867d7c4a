import type { ValueOrigin } from "../../model/value-origin.ts";
import { inert } from "../inert.ts";

/** `defaults of group edge, monitors.yaml:12`, several with `+` between them; undefined for none. */
export function originsText(origins: readonly ValueOrigin[]): string | undefined {
  return origins.length === 0 ? undefined : origins.map(originText).join(" + ");
}

/** For a value of the object's own block only the place. */
function originText(origin: ValueOrigin): string {
  const place = `${inert(origin.at.file)}:${origin.at.line}`;
  const what = partText(origin);
  return what === "" ? place : `${what}, ${place}`;
}

function partText({ by, name = "" }: ValueOrigin): string {
  switch (by) {
    case "object":
      return "";
    case "template":
      return `template ${inert(name)}`;
    case "defaults":
      return `defaults.${inert(name)}`;
    case "group":
      return `defaults of group ${inert(name)}`;
    case "override":
      return `override of target ${inert(name)}`;
    case "service":
      return `block ${inert(name)}`;
    default:
      return by satisfies never;
  }
}
