/** A diagnosis for people: what was asked, then what is wrong and what to do about it. */
import type { Advice } from "../../services/open-webui/doctor/advice.ts";
import type { Diagnosis } from "../../services/open-webui/doctor/doctor.ts";
import { inert } from "../../output/inert.ts";
import { padTo } from "../../output/layout/columns.ts";
import type { Style } from "../../output/style.ts";

/** Texts of the server's are made harmless; secrets are out of them already. */
export function diagnosisText({ url, version, requests, advice }: Diagnosis, style: Style): string {
  const { done, failed } = style.symbols;
  const width = Math.max(0, ...requests.map(({ method, path }) => `${method} ${path}`.length));
  const asked = requests.map(({ method, path, status }) => {
    return `  ${padTo(`${method} ${path}`, width)}  ${status === undefined ? "no answer" : String(status)}`;
  });
  const release = version === undefined ? "of unknown release" : inert(version);
  return [
    `${style.bold("Open WebUI")} ${release} at ${inert(url)}`,
    "",
    ...asked.map((line) => style.dim(line)),
    "",
    ...advice.flatMap((item) => [...adviceLines(item, style), ""]),
    advice.some(({ severity }) => severity === "error")
      ? `${style.red(failed)} Its monitors would be down or miss outages.`
      : `${style.green(done)} Monitors will work with this Open WebUI.`,
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
