/**
 * `KUMA_SYNC_HOSTS`: servers that may get credentials although only the configuration names their address. A host or
 * host:port allows https only, so that a configuration cannot change https to http; loopback may also be http. An
 * origin such as `http://kuma.lan:3001` allows only that origin.
 */
import { UsageError } from "../../model/errors.ts";
import { isLoopback, originOf } from "../../kuma/origin.ts";

export const hostsVariable = "KUMA_SYNC_HOSTS";

/** The origins in a list separated by commas or spaces, without duplicates. Throws UsageError for any other entry. */
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

/** Whether it has only scheme, host and port. A path, user or pattern would seem to be a limit without being one. */
function isBare(address: string): boolean {
  const { username, password, pathname, search, hash } = new URL(address);
  const isHostOnly = /^[a-z]+:\/\/[^/\\?#@*]+\/?$/iu.test(address);
  return isHostOnly && username === "" && password === "" && pathname === "/" && search === "" && hash === "";
}

/** Does not repeat the entry, because it may contain a password. */
function notAHost(entry: string): UsageError {
  const shown = /^[\w.:/[\]*-]+$/u.test(entry) ? ` "${entry}"` : "";
  return new UsageError(
    `${hostsVariable} has an entry${shown} that is not a host`,
    "write kuma.example.com, kuma.example.com:8443, or an origin such as http://kuma.lan:3001",
  );
}
