/** The source line of a finding with carets below it, without colours. */
import type { Finding } from "../../model/finding.ts";
import type { ShownSources } from "../../model/shown-line.ts";
import { frameLine } from "./code-frame.ts";
import { inert } from "../inert.ts";

const width = 100;

/** Inert lines; empty if the place or its source is not known. */
export function plainFrame({ at, hint }: Finding, sources: ShownSources): string[] {
  if (at === undefined) return [];
  const frame = frameLine(sources.get(at.file) ?? [], at, width);
  if (frame === undefined || frame.line === "") return [];
  const number = String(at.line);
  const marks = `^${"~".repeat(frame.length - 1)}`;
  return [
    `${number} | ${frame.line}`,
    `${" ".repeat(number.length)} | ${" ".repeat(frame.indent)}${marks}${hint === undefined ? "" : ` ${inert(hint)}`}`,
  ];
}
