import { UsageError } from "../../model/errors.ts";
import type { ServerFlags } from "../../run/flags.ts";
import type { Run } from "../../run/run.ts";
import { urlSecrets } from "../../secrets/url-credentials.ts";

/** The address of the server, from the flag or the environment. The redactor knows its password from here on. */
export function readUrl({ context, flags }: Run<Pick<ServerFlags, "url">>): string {
  const url = flags.url ?? context.env["KUMA_SYNC_URL"] ?? "";
  context.redactor.add(urlSecrets(url));
  if (url === "")
    throw new UsageError("no server is named", "set KUMA_SYNC_URL, or give --url, such as https://kuma.example.com");
  return url;
}

/** Addresses may contain a user and password for a proxy; they are removed before an address is shown. */
export function withoutLogin(url: string): string {
  return url.replace(/\/\/[^/\s]*@/u, "//");
}
