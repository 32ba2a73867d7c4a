/** Decodes bytes to text. A file that is too large or is not text gives one finding. */
import type { Finding } from "../../model/finding.ts";

/** Bytes; 5,000 monitors are about 1.5 MB of YAML. */
export const maxSourceBytes = 16 * 1024 * 1024;

export type SourceText = { readonly text: string } | { readonly finding: Finding };

/** Accepts only UTF-8 text, so that a picture gives one finding instead of ten thousand. */
export function decodeSource(file: string, bytes: Uint8Array): SourceText {
  if (bytes.length > maxSourceBytes) return { finding: tooLarge(file) };
  const start = { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    const hint = "save the file as UTF-8";
    return { finding: { code: "KS1006", severity: "error", message: "file is UTF-16", at: start, hint } };
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { finding: notText(start) };
  }
  // YAML allows no control characters but tab and line breaks
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/u.test(text)) return { finding: notText(start) };
  if (text.trim() === "") {
    const hint = "a configuration starts with `version: 1` and `project: …`";
    return { finding: { code: "KS1002", severity: "error", message: "file is empty", at: start, hint } };
  }
  return { text };
}

function notText(at: NonNullable<Finding["at"]>): Finding {
  const hint = "a configuration is YAML in UTF-8";
  return { code: "KS1006", severity: "error", message: "file is not text", at, hint };
}

function tooLarge(file: string): Finding {
  return {
    code: "KS1006",
    severity: "error",
    message: `file is larger than ${maxSourceBytes / 1024 / 1024} MB`,
    at: { file, line: 1, column: 1, endLine: 1, endColumn: 1 },
    hint: "split it: -f takes several files and folders",
  };
}
