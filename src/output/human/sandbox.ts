/** The address of a running sandbox, and how to log in. */
import type { Style } from "../style.ts";

interface RunningSandbox {
  readonly url: string;
  readonly version: string;
  readonly username: string;
  readonly password: string;
}

export function renderSandbox({ url, version, username, password }: RunningSandbox, style: Style): string {
  return [
    `${style.green("Running:")} a throwaway Uptime Kuma (${version}) at ${style.bold(url)}`,
    "",
    `  user      ${username}`,
    `  password  ${password}`,
    "",
    "To use it from another shell:",
    "",
    `  export KUMA_SYNC_URL=${url}`,
    `  export KUMA_SYNC_USERNAME=${username}`,
    `  export KUMA_SYNC_PASSWORD=${password}`,
    "",
    style.dim("Ctrl-C stops it and removes everything."),
    "",
  ].join("\n");
}
