/** Writes a first `monitors.yaml` for services that were recognised, with comments that explain the lines. */
import type { Service } from "../service.ts";
import type { ServiceType } from "../services.ts";
import { starterNotifications, starterText } from "./starter-text.ts";

export interface RecognisedAddress {
  readonly type: ServiceType;
  /** As its makers write it. */
  readonly title: string;
  readonly service: Service;
  /** Without credentials. */
  readonly address: string;
  readonly version: string | undefined;
  /** Names that it told without a key. */
  readonly models: readonly string[];
}

/** Some have hundreds of models; more suggestions would not be read. */
const mostProposed = 20;

export function writeServicesConfig(found: readonly RecognisedAddress[], project: string): string {
  const keys = new Set<string>();
  const blocks = found.map((one) => {
    const key = freeKey(one.type, keys);
    keys.add(key);
    return blockLines(key, one);
  });
  return [
    "# Watches what was recognised at these addresses.",
    "#",
    "#   kuma-sync doctor   what is in the way of these monitors",
    "#   kuma-sync plan     what would change",
    "#   kuma-sync apply    change it",
    "#",
    "# `kuma-sync plan --full` shows every monitor that this file creates.",
    "version: 1",
    `project: ${starterText(project)}`,
    "",
    "services:",
    ...blocks.flat(),
    "",
    ...starterNotifications,
  ].join("\n");
}

function freeKey(type: string, taken: ReadonlySet<string>): string {
  let key = type;
  for (let count = 2; taken.has(key); count += 1) key = `${type}-${count}`;
  return key;
}

function blockLines(key: string, { type, title, service, address, version, models }: RecognisedAddress): string[] {
  const { properties, example } = service.block;
  const knows = (name: string): boolean => Object.hasOwn(properties, name);
  const apiKey = typeof example["apiKey"] === "string" ? example["apiKey"] : undefined;
  const isKeyed = apiKey !== undefined;
  return [
    `  ${key}:`,
    `    type: ${type}`,
    "    # The address for Uptime Kuma, which may differ from the one that was asked from here.",
    `    url: ${starterText(address)}`,
    ...(version === undefined
      ? []
      : [knows("version") ? `    version: ${starterText(version)}` : `    # ${title} ${version} answered.`]),
    ...(isKeyed
      ? ["    # The models need a key: set the variable, and take in these lines.", `    # apiKey: ${apiKey}`]
      : []),
    ...(knows("models") ? modelLines(models, isKeyed, example["models"]) : []),
    ...(knows("completions") && models.length > 0 && !isKeyed
      ? ["    # Each model is asked for an answer, which loads it. `completions: false` leaves that out."]
      : []),
  ];
}

function modelLines(models: readonly string[], isKeyed: boolean, example: unknown): readonly string[] {
  const [first, ...others] = models;
  if (isKeyed || first === undefined) {
    const names =
      models.length > 0 ? models.slice(0, mostProposed) : Array.isArray(example) ? (example as string[]) : [];
    return names.length === 0 ? [] : [`    # models: [${names.map(starterText).join(", ")}]`];
  }
  return [
    "    models:",
    `      - ${starterText(first)}`,
    ...others.slice(0, mostProposed).map((name) => `      # - ${starterText(name)}`),
    ...(others.length > mostProposed ? [`      # and ${others.length - mostProposed} more`] : []),
  ];
}
