import type { DeclaredEntity } from "../config.ts";
import { isHidden, isWithheld, type EntityFinding } from "../entity-finding.ts";
import type { Repair } from "../source/repair.ts";
import type { EntityRule } from "./rule.ts";
import { templateIn } from "./template-in.ts";

/** URLs that are not requested as written (docs/upstream/uptime-kuma.md#host-names-and-urls). */
export const urlForm: EntityRule = {
  name: "url-form",
  kind: "monitor",
  checkEach(entity) {
    const { url } = entity.written;
    if (typeof url !== "string" || templateIn(url) !== undefined) return [];
    const host = isWithheld(entity, "/url") ? [] : checkHost(url);
    return host.length > 0 ? host : checkCharacters(entity, url);
  },
};

function checkHost(url: string): readonly EntityFinding[] {
  const base = { code: "KS1426", severity: "error", pointer: "/url" } as const;
  const twice = /^\s*([a-z]+:\/\/)(?=[a-z]+:\/\/)/iu.exec(url);
  if (twice !== null) {
    const [whole, scheme = ""] = twice;
    const range = [whole.length - scheme.length, whole.length] as const;
    return [
      { ...base, message: "the scheme is written twice: the host would be named after it", hint: "remove one", range },
    ];
  }
  // Only the operating system can judge zones such as [fe80::1%eth0].
  if (URL.canParse(url.trim()) || /\[[^\]]*%/u.test(url)) return [];
  const [, before = "", host = "", port = ""] =
    /^(\s*[a-z]+:\/\/(?:[^@/?#]*@)?)(\[[^\]]*\]|[^/?#:]*)(:[^/?#]*)?/iu.exec(url) ?? [];
  const isPort = port !== "" && URL.canParse(`http://${host}/`);
  const start = isPort ? before.length + host.length : before.length;
  const end = start + (isPort ? port.length : Math.max(1, host.length));
  const message = isPort
    ? "a port is a number from 0 to 65535"
    : host === ""
      ? "the URL names no host"
      : "no host can have this name";
  return [{ ...base, message, range: [start, Math.min(end, url.length)] }];
}

/** Characters up to U+00FF are sent as one byte of Latin-1; with any other, the request fails. */
function checkCharacters(entity: DeclaredEntity, url: string): readonly EntityFinding[] {
  if (!["http", "keyword", "json-query"].includes(entity.variant.type ?? "")) return [];
  const start = /^\s*[a-z]+:\/\/[^/?#]*/iu.exec(url)?.[0].length ?? 0;
  const sent = url.slice(start).split("#")[0] ?? "";
  const isRefused = /[^\u0000-\u00FF]/u.test(sent);
  const found = (isRefused ? /[^\u0000-\u00FF]+/u : /[\u0080-\u00FF]+/u).exec(sent);
  if (found === null) return [];
  const [text] = found;
  return [
    {
      code: "KS1424",
      severity: isRefused ? "error" : "warning",
      message: isRefused
        ? "Uptime Kuma makes no request with this character in a path or query, and the monitor is always down"
        : "this character is sent as Latin-1 and not as UTF-8, which most services refuse or do not find",
      hint: isHidden(entity, "/url") ? "write it percent-encoded" : `write ${encodeURI(text)}`,
      pointer: "/url",
      range: [start + found.index, start + found.index + text.length],
      ...(isHidden(entity, "/url") ? {} : { repair: encodingOf(text, start + found.index) }),
    },
  ];
}

function encodingOf(text: string, start: number): Repair {
  const encoded = encodeURI(text);
  return { type: "part", range: [start, start + text.length], text: encoded, title: `write ${encoded}` };
}
