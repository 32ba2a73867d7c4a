/** What `bootstrap` did to an Uptime Kuma. */
import { inert } from "../inert.ts";
import type { Style } from "../style.ts";

interface FinishedBootstrap {
  readonly database: "set-up" | "already";
  readonly admin: "created" | "already";
  readonly url: string;
  readonly username: string;
}

export function renderBootstrap({ database, admin, url, username }: FinishedBootstrap, style: Style): string {
  if (database === "already" && admin === "already") {
    return `${style.green("Nothing to do.")} ${inert(url)} is set up, and "${inert(username)}" can log in.\n`;
  }
  const steps = [
    ...(database === "set-up" ? ["chose the database"] : []),
    ...(admin === "created" ? [`created administrator "${inert(username)}"`] : []),
  ];
  return `${style.green("Set up:")} ${inert(url)}: ${steps.join(" and ")}.\n`;
}
