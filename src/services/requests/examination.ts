/** One visit of a doctor: the requests are remembered, and what they answered is shown without secrets. */
import { createRedactor, type Redactor } from "../../secrets/redactor.ts";
import { urlSecrets } from "../../secrets/url-credentials.ts";
import type { Advice, Diagnosis } from "../diagnosis.ts";
import { ask, splitAddress, type Question, type ServiceAnswer } from "./ask.ts";
import type { ServicePort } from "./port.ts";

export interface Examination {
  readonly redactor: Redactor;
  put(question: Question): Promise<ServiceAnswer>;
  /** Of what was put until now. */
  result(found: { readonly version: string | undefined; readonly advice: readonly Advice[] }): Diagnosis;
}

/** `secrets` are those of the block; those of the address are known already. */
export function startExamination(port: ServicePort, url: string, secrets: readonly string[]): Examination {
  const redactor = createRedactor();
  redactor.add([...secrets, ...urlSecrets(url)]);
  const requests: Diagnosis["requests"][number][] = [];
  return {
    redactor,
    async put(question) {
      const answer = await ask(port, url, question);
      const method = question.method ?? (question.body === undefined ? "GET" : "POST");
      requests.push({ method, path: question.path, status: answer.type === "unreachable" ? undefined : answer.status });
      return answer;
    },
    result({ version, advice }) {
      const sorted = advice.toSorted((left, right) => rank(left) - rank(right));
      const diagnosis = { url: splitAddress(url).address, version, requests, advice: sorted };
      // A server may put a secret anywhere, even into the name of a model.
      return redactor.data(diagnosis, { requests: "own", advice: { code: "own", severity: "own" } });
    },
  };
}

function rank({ severity }: Advice): number {
  return ["error", "warning", "info"].indexOf(severity);
}

/** Why the first request was not answered by the service; `title` is its name. */
export function strangerAdvice(answer: ServiceAnswer, title: string, path: string): Advice {
  if (answer.type === "unreachable") {
    const steps = [`see whether ${title} runs, and whether the address is right from here`];
    return { code: "unreachable", severity: "error", message: `nothing answers (${answer.code})`, steps };
  }
  if (answer.type === "redirect") {
    const to = answer.host === "" ? "another page" : answer.host;
    const message = `a login stands in front: ${path} is sent on to ${to}`;
    return { code: "login-page", severity: "error", message, steps: ["let the API pass it without a login"] };
  }
  if (answer.type === "page" && answer.status === 200) {
    const steps = ["see whether the address is right; a login page in front looks like this too"];
    return { code: "login-page", severity: "error", message: `a web page answers in place of ${title}`, steps };
  }
  return {
    code: "wrong-service",
    severity: "error",
    message: `${path} is answered with status ${answer.status} and not as ${title} does`,
    steps: ["see whether the address is right, and what stands in front of it"],
  };
}
