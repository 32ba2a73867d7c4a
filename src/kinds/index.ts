/** Every kind of entity, in the order in which they are created. */
import { dockerHost } from "./docker-host.ts";
import type { KindRegistry } from "./kind.ts";
import { maintenance } from "./maintenance.ts";
import { monitor } from "./monitor.ts";
import { notification } from "./notification.ts";
import { proxy } from "./proxy.ts";
import { remoteBrowser } from "./remote-browser.ts";
import { settings } from "./settings.ts";
import { statusPage } from "./status-page.ts";
import { tag } from "./tag.ts";

export const kinds: KindRegistry = new Map(
  [tag, notification, proxy, dockerHost, remoteBrowser, monitor, statusPage, maintenance, settings].map((kind) => [
    kind.name,
    kind,
  ]),
);
