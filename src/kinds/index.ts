/** Every kind of entity, in the order in which they are created. */
import type { KindRegistry } from "./kind.ts";
import { monitor } from "./monitor.ts";
import { notification } from "./notification.ts";
import { tag } from "./tag.ts";

export const kinds: KindRegistry = new Map([tag, notification, monitor].map((kind) => [kind.name, kind]));
