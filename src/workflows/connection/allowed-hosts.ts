/**
 * `KUMA_SYNC_HOSTS`: the servers that credentials may be sent to although only the configuration names their address. A host
 * or host:port means https, so that a configuration cannot change https to http; loopback may be http too. An origin such
 * as `http://kuma.lan:3001` means exactly that.
 */
import { UsageError } from "../../model/errors.ts";
import { isLoopback, originOf } from "../../kuma/origin.ts";

export const hostsVariable = "KUMA_SYNC_HOSTS";

/** Origins, each once, from a list with commas or blanks. Throws UsageError for an entry that is none of the three. */
export function allowedOrigins(list: string): readonly string[] {
  return [
    ...new Set(
      list
        .split(/[\s,]+/u)
        .filter(Boolean)
        .flatMap(originsOf),
    ),
  ];
}

function originsOf(entry: string): readonly string[] {
  const isOrigin = entry.includes("://");
  const address = isOrigin ? entry : `https://${entry}`;
  const origin = originOf(address);
  if (origin === undefined || !isBare(address)) throw notAHost(entry);
  if (isOrigin || !isLoopback(origin)) return [origin];
  const plain = originOf(`http://${entry}`);
  return plain === undefined ? [origin] : [origin, plain];
}

/** Only scheme, host and port: a path, a user or a pattern would look as if it limited something. */
function isBare(address: string): boolean {
  const { username, password, pathname, search, hash } = new URL(address);
  const isHostOnly = /^[a-z]+:\/\/[^/\\?#@*]+\/?$/iu.test(address);
  return isHostOnly && username === "" && password === "" && pathname === "/" && search === "" && hash === "";
}

/** Does not repeat the entry: it may hold a password. */
function notAHost(entry: string): UsageError {
  const shown = /^[\w.:/[\]*-]+$/u.test(entry) ? ` "${entry}"` : "";
  return new UsageError(
    `${hostsVariable} has an entry${shown} that is not a host`,
    "write kuma.example.com, kuma.example.com:8443, or an origin such as http://kuma.lan:3001",
  );
}
