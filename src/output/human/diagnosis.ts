/** The diagnosis of a service: the requests, then the problems and what to do about them. */
import { inert } from "../inert.ts";
import { padTo } from "../layout/columns.ts";
import type { Style } from "../style.ts";

interface Advice {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly steps: readonly string[];
  /** A text for a setting, ready to be pasted. */
  readonly paste?: string;
}

interface Diagnosis {
  /** The name of the service. */
  readonly title: string;
  /** Of its block, if it has one. */
  readonly key?: string;
  readonly url: string;
  /** The release; undefined if the instance did not report one. */
  readonly version?: string | undefined;
  /** `status` is undefined for a request that got no answer. */
  readonly requests: readonly {
    readonly method: string;
    readonly path: string;
    readonly status?: number | undefined;
  }[];
  readonly advice: readonly Advice[];
}

/** Makes the server's texts inert. They hold no secrets. */
export function renderDiagnosis({ title, key, url, version, requests, advice }: Diagnosis, style: Style): string {
  const { done, failed } = style.symbols;
  const width = Math.max(0, ...requests.map(({ method, path }) => `${method} ${path}`.length));
  const asked = requests.map(({ method, path, status }) => {
    return `  ${padTo(`${method} ${path}`, width)}  ${status === undefined ? "no answer" : String(status)}`;
  });
  const release = version === undefined ? "of unknown release" : inert(version);
  return [
    `${style.bold(title)} ${release} at ${inert(url)}${key === undefined ? "" : style.dim(` (${key})`)}`,
    "",
    ...(asked.length === 0 ? [] : [...asked.map((line) => style.dim(line)), ""]),
    ...advice.flatMap((item) => [...adviceLines(item, style), ""]),
    advice.some(({ severity }) => severity === "error")
      ? `${style.red(failed)} Its monitors would be down or miss outages.`
      : requests.length === 0
        ? "Whether its monitors would work was not tried."
        : `${style.green(done)} Monitors will work with this ${title}.`,
    "",
  ].join("\n");
}

function adviceLines({ code, severity, message, steps, paste }: Advice, style: Style): readonly string[] {
  const paint = severity === "error" ? style.red : severity === "warning" ? style.yellow : style.dim;
  return [
    `${paint(`${severity}:`)} ${style.bold(inert(message))} ${style.dim(`[${code}]`)}`,
    ...steps.map((step) => `  - ${inert(step)}`),
    ...(paste === undefined ? [] : ["  paste this:", `    ${inert(paste)}`]),
  ];
}
