/**
 * By what a monitor is seen to be about a service, as data that is there from the start. What else is known of the service
 * is loaded only for such a monitor.
 */
import type { JsonObject } from "../model/json.ts";

export interface ServiceSigns {
  /** The name of the service, as its makers write it. */
  readonly title: string;
  /** Ports that it listens on unless told otherwise, if its rules know it by them. Other services may have them too. */
  readonly ports: readonly number[];
  /** Ends of paths that no other common service has. */
  readonly paths: readonly string[];
  /** Types of monitors that are about this service and no other. */
  readonly monitorTypes: readonly string[];
}

/** Whether it is worth a closer look: another service may have the same port. `monitor` is as written. */
export function mayAsk({ ports, paths, monitorTypes }: ServiceSigns, { type, url }: JsonObject): boolean {
  if (typeof type === "string" && monitorTypes.includes(type)) return true;
  if (typeof url !== "string" || !/^https?:\/\//iu.test(url)) return false;
  const path = url.replace(/[?#].*$/su, "").replace(/\/+$/u, "");
  return paths.some((end) => path.endsWith(end)) || ports.includes(portOf(url));
}

/** Without parsing the address, which may hold an expression that nobody has filled in. */
function portOf(url: string): number {
  return Number(/^https?:\/\/[^/?#]*?:(?<port>\d+)(?:[/?#]|$)/iu.exec(url)?.groups?.["port"]);
}
