/** Asks the doctor of each service of a configuration. */
import type { Config, DeclaredService } from "../../config/config.ts";
import type { Advice, Diagnosis } from "../../services/diagnosis.ts";
import type { ServicePort } from "../../services/requests/port.ts";
import { loadDoctor, serviceTitle, type ServiceType } from "../../services/services.ts";
import type { Run } from "../../run/run.ts";
import { detectService, type Detected } from "./detect-service.ts";

export interface DiagnosedService extends Diagnosis {
  /** Of its block. */
  readonly key: string;
  readonly type: ServiceType;
  /** As its makers write it. */
  readonly title: string;
}

/** One after the other, so that they do not compete for the same GPU. */
export async function diagnoseServices(
  { terminal }: Run,
  { services }: Pick<Config, "services">,
  asking: { readonly port: ServicePort; readonly wantsCompletions: boolean },
): Promise<readonly DiagnosedService[]> {
  const diagnosed: DiagnosedService[] = [];
  for (const service of services) {
    terminal.status(`asking ${service.key}`);
    diagnosed.push(await diagnoseService(service, asking));
  }
  return diagnosed;
}

async function diagnoseService(
  { key, type, written }: DeclaredService,
  { port, wantsCompletions }: { readonly port: ServicePort; readonly wantsCompletions: boolean },
): Promise<DiagnosedService> {
  const doctor = await loadDoctor(type);
  const diagnosis = await doctor.diagnose(port, written, { wantsCompletions });
  const isStranger = diagnosis.advice.some(({ code }) => strangerCodes.some((stranger) => stranger === code));
  const advice = isStranger
    ? [...diagnosis.advice, ...otherService(await detectService(port, urlOf(written)))]
    : diagnosis.advice;
  return { key, type, title: serviceTitle(type), ...diagnosis, advice };
}

const strangerCodes = ["wrong-service", "not-open-webui", "login-page"] as const;

function urlOf(written: DeclaredService["written"]): string {
  return typeof written["url"] === "string" ? written["url"] : "";
}

function otherService(detected: Detected): readonly Advice[] {
  if (detected.type !== "known") return [];
  const { service, version } = detected;
  const release = version === undefined ? "" : ` ${version}`;
  const message = `what answers there is ${serviceTitle(service)}${release}`;
  return [{ code: "other-service", severity: "info", message, steps: [`write type: ${service}, or another address`] }];
}
