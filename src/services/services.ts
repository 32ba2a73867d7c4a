/** The services that kuma-sync knows: a folder each, and a line here. */
import type { JsonObject } from "../model/json.ts";
import type { ServiceDoctor } from "./diagnosis.ts";
import { chromaSigns } from "./chroma/signs.ts";
import { litellmSigns } from "./litellm/signs.ts";
import { llamaCppSigns } from "./llama-cpp/signs.ts";
import { ollamaSigns } from "./ollama/signs.ts";
import { mcpoSigns } from "./mcpo/signs.ts";
import { openTerminalSigns } from "./open-terminal/signs.ts";
import { openWebUISigns } from "./open-webui/signs.ts";
import { pipelinesSigns } from "./pipelines/signs.ts";
import { postgresSigns } from "./postgres/signs.ts";
import { redisSigns } from "./redis/signs.ts";
import type { Service } from "./service.ts";
import { mayAsk, type ServiceSigns } from "./signs.ts";

interface ServiceEntry {
  readonly signs: ServiceSigns;
  /** Loaded when a block or a monitor is about the service, because most configurations are about none. */
  readonly load: () => Promise<{ readonly service: Service }>;
  /** What asks the service, for the commands that do. */
  readonly loadDoctor: () => Promise<{ readonly doctor: ServiceDoctor }>;
}

/** By the `type` of its block. */
const services = {
  "open-webui": {
    signs: openWebUISigns,
    load: () => import("./open-webui/service.ts"),
    loadDoctor: () => import("./open-webui/doctor/doctor.ts"),
  },
  ollama: {
    signs: ollamaSigns,
    load: () => import("./ollama/service.ts"),
    loadDoctor: () => import("./ollama/doctor/doctor.ts"),
  },
  litellm: {
    signs: litellmSigns,
    load: () => import("./litellm/service.ts"),
    loadDoctor: () => import("./litellm/doctor/doctor.ts"),
  },
  "llama-cpp": {
    signs: llamaCppSigns,
    load: () => import("./llama-cpp/service.ts"),
    loadDoctor: () => import("./llama-cpp/doctor/doctor.ts"),
  },
  chroma: {
    signs: chromaSigns,
    load: () => import("./chroma/service.ts"),
    loadDoctor: () => import("./chroma/doctor/doctor.ts"),
  },
  mcpo: {
    signs: mcpoSigns,
    load: () => import("./mcpo/service.ts"),
    loadDoctor: () => import("./mcpo/doctor/doctor.ts"),
  },
  "open-terminal": {
    signs: openTerminalSigns,
    load: () => import("./open-terminal/service.ts"),
    loadDoctor: () => import("./open-terminal/doctor/doctor.ts"),
  },
  pipelines: {
    signs: pipelinesSigns,
    load: () => import("./pipelines/service.ts"),
    loadDoctor: () => import("./pipelines/doctor/doctor.ts"),
  },
  postgres: {
    signs: postgresSigns,
    load: () => import("./postgres/service.ts"),
    loadDoctor: () => import("./postgres/doctor/doctor.ts"),
  },
  redis: {
    signs: redisSigns,
    load: () => import("./redis/service.ts"),
    loadDoctor: () => import("./redis/doctor/doctor.ts"),
  },
} as const satisfies Readonly<Record<string, ServiceEntry>>;

export type ServiceType = keyof typeof services;

export const serviceTypes = Object.keys(services) as readonly ServiceType[];

/** Those that answer by HTTP; others have a type of monitor to themselves. */
export const webServiceTypes: readonly ServiceType[] = serviceTypes.filter(
  (type) => services[type].signs.monitorTypes.length === 0,
);

export function isServiceType(type: unknown): type is ServiceType {
  return typeof type === "string" && Object.hasOwn(services, type);
}

/** As its makers write it: `Open WebUI`. */
export function serviceTitle(type: ServiceType): string {
  return services[type].signs.title;
}

export async function loadService(type: ServiceType): Promise<Service> {
  return (await services[type].load()).service;
}

export async function loadDoctor(type: ServiceType): Promise<ServiceDoctor> {
  return (await services[type].loadDoctor()).doctor;
}

/** The services that some of these monitors may be about. `monitors` are as written. */
export function typesAsked(monitors: readonly JsonObject[]): readonly ServiceType[] {
  return serviceTypes.filter((type) => monitors.some((monitor) => mayAsk(services[type].signs, monitor)));
}
