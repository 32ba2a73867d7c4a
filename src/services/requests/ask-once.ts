import { ask, type ServiceAnswer } from "./ask.ts";
import type { ServicePort } from "./port.ts";

/** Asks paths of one address, without a key, each at most once. */
export function askOnce(port: ServicePort, url: string): (path: string) => Promise<ServiceAnswer> {
  const answers = new Map<string, Promise<ServiceAnswer>>();
  return (path) => {
    const answer = answers.get(path) ?? ask(port, url, { path });
    answers.set(path, answer);
    return answer;
  };
}
