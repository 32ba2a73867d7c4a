/** Notes and warnings on stderr. */
import type { Finding } from "../../model/finding.ts";
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";

export function noteText(text: string): string {
  return `note: ${text}\n`;
}

/** A finding about the server, which has no place in a file. */
export function findingNoteText({ code, message, hint = "" }: Finding): string {
  return noteText(`${message} [${code}]: ${hint}`);
}

export function warningText(text: string, style: Style): string {
  return `${style.yellow("warning:")} ${inert(text)}\n`;
}
