/** A service in a state that was recorded: answers as the real one did. */
import type { ServiceType } from "../../src/services/services.ts";
import type { ServicePort } from "../../src/services/requests/port.ts";
import { recordedService } from "./claimed-answers.ts";

/** The name of the recorded request for `METHOD /path`. */
export type RequestNames = Readonly<Record<string, string>>;

/**
 * What the state has no answer for is answered as in the healthy state, and what that has none for either with 404. A
 * request that was not answered is refused as by a time limit.
 */
export function recordedPort(type: ServiceType, state: string, names: RequestNames): ServicePort {
  const { answers } = recordedService(type);
  return async ({ method, url }) => {
    const { pathname, search } = new URL(url);
    const name = names[`${method} ${pathname}${search}`];
    const found =
      answers.find((one) => one.state === state && (one.name === name || one.name === "any")) ??
      answers.find((one) => one.state === "healthy" && one.name === name);
    if (found === undefined) return { status: 404, contentType: "application/json", body: "{}" };
    if (found.answer === undefined) throw Object.assign(new Error("no answer"), { code: "ETIMEDOUT" });
    return found.answer;
  };
}
