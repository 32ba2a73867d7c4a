/** The block of a service, its monitors, and what each of them cannot see, as data for `explain`. */
import type { JsonSchema } from "../../kinds/field.ts";
import type { ExplainedEntry, Explanation } from "../../model/explanation.ts";
import type { JsonObject } from "../../model/json.ts";
import { blockSchema } from "../../services/blocks/expand-block.ts";
import type { ServiceClaims } from "../../services/claims.ts";
import { isServiceType, loadService, serviceTitle, serviceTypes, type ServiceType } from "../../services/services.ts";
import { keyEntries } from "./explain-kind.ts";

/** The service that the words name: `service ollama`, or `ollama` if `isFree`, because nothing else has the name. */
export function serviceCalled(words: readonly string[], isFree: boolean): ServiceType | undefined {
  const [first, second] = words;
  const isPlain = words.length === 1 && isFree;
  const type =
    words.length === 2 && (first === "service" || first === "services") ? second : isPlain ? first : undefined;
  return isServiceType(type) ? type : undefined;
}

/** All of them, by type. */
export function explainServices(): Explanation {
  return {
    topic: "services",
    summary: "What people run, each in a short block that stands for ordinary monitors, in a group.",
    sections: [
      {
        heading: "Types",
        entries: serviceTypes.map((type) => ({ name: type, description: serviceTitle(type) })),
      },
    ],
    more: ["kuma-sync explain service TYPE, for example: kuma-sync explain service ollama", "docs/services/README.md"],
  };
}

export async function explainService(type: ServiceType): Promise<Explanation> {
  const service = await loadService(type);
  const { claims, block } = service;
  const { properties } = blockSchema(service) as JsonObject & {
    readonly properties: Readonly<Record<string, JsonSchema>>;
  };
  return {
    topic: `service ${type}`,
    summary: `The block of ${serviceTitle(type)}, which stands for the monitors below. ${claims.ran} was run, healthy and broken on purpose.`,
    sections: [
      { heading: "Keys", entries: keyEntries(properties) },
      { heading: "Monitors", entries: monitorEntries(claims) },
      { heading: "What each monitor cannot see", entries: blindEntries(claims) },
    ],
    example: { services: { main: block.example } },
    more: [`docs/services/${type}.md`, "kuma-sync explain services"],
  };
}

function monitorEntries({ checks }: ServiceClaims): readonly ExplainedEntry[] {
  return Object.entries(checks).map(([name, { level, asks, proves, cost }]) => ({
    name,
    type: `level ${level}`,
    description: `${asks}. ${proves}${cost === undefined ? "" : ` Costs ${cost}.`}`,
  }));
}

/** The states in which it stays up although something is wrong. */
function blindEntries({ checks, states }: ServiceClaims): readonly ExplainedEntry[] {
  return Object.keys(checks).map((name) => {
    const blind = states.filter(
      ({ seenBy, isHealthy, untried = [] }) => isHealthy !== true && !seenBy.includes(name) && !untried.includes(name),
    );
    const list = blind.map(({ about }) => about).join("; ");
    return { name, description: blind.length === 0 ? "Saw everything that was tried." : `Stays up: ${list}.` };
  });
}
