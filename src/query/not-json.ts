/** Explains why a body is not JSON. Uptime Kuma only reports that the query found nothing in it. */

export interface NotJson {
  /** Completes the sentence "the response is not JSON: …". */
  readonly what: string;
  readonly hint: string;
}

const elsewhere = "ask an address that answers with one JSON document, or use a keyword monitor";

/** Undefined for a body that Uptime Kuma reads as JSON. A byte order mark is ignored, as axios drops it. */
export function whyNotJson(body: string): NotJson | undefined {
  const text = body.replace(/^\uFEFF/u, "").trim();
  if (isJson(text)) return undefined;
  for (const describe of [ofEmpty, ofPrefix, ofCallback, ofLines, ofEvents, ofMarkup, ofRelaxed]) {
    const found = describe(text);
    if (found !== undefined) return found;
  }
  const what = /^[[{]/u.test(text) ? "it begins like JSON, and has an error in it or is cut off" : "it is plain text";
  return { what, hint: elsewhere };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function ofEmpty(text: string): NotJson | undefined {
  return text === "" ? { what: "it is empty", hint: elsewhere } : undefined;
}

/** Prefixes against loading the response as a script, which the service's own clients remove. */
function ofPrefix(text: string): NotJson | undefined {
  const [prefix] = /^(?:\)\]\}',?|while\s*\(1\);|for\s*\(;;\);|&&&START&&&|\/\*-secure-)/u.exec(text) ?? [];
  if (prefix === undefined) return undefined;
  return { what: `${prefix} stands before the JSON`, hint: `Uptime Kuma does not take it off: ${elsewhere}` };
}

function ofCallback(text: string): NotJson | undefined {
  const [, name, inner = ""] = /^(?:\/\*\*\/\s*)?([\w$.]{1,100})\((.*)\)\s*;?$/su.exec(text) ?? [];
  if (name === undefined || !isJson(inner)) return undefined;
  return { what: `it is a call of ${name}(…) (JSONP)`, hint: "leave the callback parameter out of the URL" };
}

function ofLines(text: string): NotJson | undefined {
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== "");
  if (lines.length < 2 || !lines.every((line) => /^\s*[[{]/u.test(line) && isJson(line))) return undefined;
  return { what: `it has ${lines.length} JSON documents, one a line (NDJSON)`, hint: elsewhere };
}

function ofEvents(text: string): NotJson | undefined {
  if (!/^(?:(?:event|id|retry):.*\r?\n|:.*\r?\n)*data:/u.test(text)) return undefined;
  return { what: "it is an event stream", hint: 'ask without streaming, for example with "stream": false in the body' };
}

function ofMarkup(text: string): NotJson | undefined {
  if (/^<\?xml\b/iu.test(text) && !/<html\b/iu.test(text)) return { what: "it is XML", hint: elsewhere };
  if (!/^<(?:!doctype html|html|head|body|h1|p|title)\b/iu.test(text)) {
    return text.startsWith("<") ? { what: "it is markup", hint: elsewhere } : undefined;
  }
  return { what: "it is an HTML page", hint: "check the URL and the credentials: a login page answers like this" };
}

/** Text that JavaScript or Python would accept. */
function ofRelaxed(text: string): NotJson | undefined {
  if (!/^[[{]/u.test(text)) return undefined;
  const inStrings = /"(?:[^"\\]|\\.)*"/gu;
  const bare = text.replaceAll(inStrings, '""');
  const why = /,\s*[\]}]/u.test(bare)
    ? "a comma before a closing bracket"
    : /\b(?:NaN|Infinity|undefined)\b/u.test(bare)
      ? "NaN, Infinity or undefined"
      : /\b(?:True|False|None)\b/u.test(bare)
        ? "Python's True, False or None"
        : /[{[,:]\s*'/u.test(bare)
          ? "single quotes"
          : /\/\/|\/\*/u.test(bare)
            ? "comments"
            : /[{,]\s*[A-Za-z_$][\w$]*\s*:/u.test(bare)
              ? "names without quotes"
              : undefined;
  return why === undefined ? undefined : { what: `it has ${why}`, hint: "correct what the service answers" };
}
