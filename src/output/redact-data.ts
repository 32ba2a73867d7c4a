/** Redaction of what a run has to say, before anything is rendered from it: as text, a redacted document might not be one. */
import type { Redactor } from "../secrets/redactor.ts";
import type { ReportData } from "../model/report-data.ts";

export function redactData(data: ReportData, redactor: Redactor): ReportData {
  const redacted = redactor.document(data);
  if (!("sources" in data)) return redacted;
  // A map is no JSON, and file names are not secret.
  const sources = new Map([...data.sources].map(([file, text]) => [file, redactor.text(text)]));
  return { ...redacted, sources } as ReportData;
}
