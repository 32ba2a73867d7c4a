/** The parts of a secret address, or of a secret that is part of one, that are secret by themselves. */
import { reachOf } from "./secret.ts";
import { urlSecrets } from "./url-credentials.ts";

/** Lines of longer texts are searched for one by one (spellings.ts). */
const longestTakenApart = 512;

const delimiters = /[:/?#[\]@&=;,%]/gu;
const scheme = /^(?<name>[a-z][a-z0-9+.-]*):\/\//iu;

/** In addresses of these, host, port, path and the names of parameters are no secret. */
const databases =
  /^(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|mssql|sqlserver|amqps?|ldaps?|mqtts?|smtps?|socks[45]?h?)$/iu;
/** In addresses of these, the host is no secret, but the path may be: that of a webhook is its token. */
const web = /^(?:https?|wss?)$/iu;
const plainWord = /^[\p{L}.-]+$/u;

/**
 * What an address parser makes of a secret with reserved characters: `postgres://kuma:p@ss%word@db` is asked for a host
 * `ss%word@db`, and an error names it. These are the texts between two delimiters, from each delimiter on to the first that is
 * far enough, and to the end. Host names are also given in small letters, as parsers spell them.
 *
 * A secret that is a whole address begins with a scheme. Words of letters alone, such as `services` in a path, count there only
 * as its password or token. Hosts are not secret where the scheme says what a host is; an Apprise address has tokens there.
 */
export function addressParts(secret: string): readonly string[] {
  const text = secret.trim();
  if (text.length > longestTakenApart || /[\r\n]/u.test(text)) return [];
  return partsOf(text).filter((part) => part !== text && reachOf(part) === "anywhere");
}

function partsOf(text: string): readonly string[] {
  const start = scheme.exec(text);
  if (start === null) return partsBetween(text);
  const name = start.groups?.["name"] ?? "";
  const { login, rest } = splitLogin(text.slice(start[0].length));
  const places = databases.test(name) ? [] : web.test(name) ? [rest.replace(/^[^/?#]*/u, "")] : [login, rest];
  const words = [...places.flatMap(partsBetween), userOf(login)].filter((part) => !plainWord.test(part));
  const inside = [passwordOf(login), ...urlSecrets(text)].flatMap((value) => [
    value,
    decoded(value),
    ...partsBetween(value),
  ]);
  return [...words, ...inside];
}

/** A password may hold an unencoded `@`, so the last one ends the login, unless it is in a parameter. */
function splitLogin(address: string): { readonly login: string; readonly rest: string } {
  const query = /\?[\w.-]+=[^?]*$/u.exec(address)?.index ?? address.length;
  const before = address.lastIndexOf("@", query);
  const end = before < 0 ? address.lastIndexOf("@") : before;
  return { login: address.slice(0, Math.max(0, end)), rest: address.slice(end + 1) };
}

function userOf(login: string): string {
  return login.split(":")[0] ?? "";
}

function passwordOf(login: string): string {
  return login.includes(":") ? login.slice(login.indexOf(":") + 1) : "";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function partsBetween(text: string): readonly string[] {
  const ends = [...[...text.matchAll(delimiters)].map(({ index }) => index), text.length];
  if (ends.length === 1) return [];
  const starts = [0, ...ends.slice(0, -1).map((end) => end + 1)];
  return starts.flatMap((start) => {
    const end = ends.find((one) => reachOf(text.slice(start, one)) === "anywhere");
    return end === undefined ? [] : [text.slice(start, end), text.slice(start)];
  });
}
