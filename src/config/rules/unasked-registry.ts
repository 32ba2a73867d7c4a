import type { Finding } from "../../model/finding.ts";
import { pointerTo } from "../../model/json.ts";
import type { DeclaredEntity } from "../config.ts";
import { findingFor, isHidden, isWithheld } from "../entity-finding.ts";
import type { ConfigRule } from "./rule.ts";

/**
 * Country domains whose registry answers RDAP: IANA's list of 13 February 2026, as Uptime Kuma 2.5.3 ships it
 * (docs/upstream/uptime-kuma.md#domain-expiry). Those of all other countries do not answer.
 */
const answering: ReadonlySet<string> = new Set(
  (
    "ad ai ar as au bm br ca cc cm cr cv cx cz ec fi fj fm fo fr gd gs gy hn ht id in is ke kg ky lb ly mg ml ms mu na nf ng nl " +
    "no pg pl pm pn pw re rw sd sg si sr ss tf th to tv tw tz ua uk uz vg vi wf ye yt zm"
  ).split(" "),
);
/** Longer top-level domains that do not answer. */
const silent: readonly string[] = ["arpa", "edu", "mil"];

/** One note for each registry that cannot be asked for expiry dates, with the number of affected monitors. */
export const unaskedRegistry: ConfigRule = {
  name: "unasked-registry",
  checkAll({ entities }) {
    const wanting = new Map<string, readonly DeclaredEntity[]>();
    for (const entity of entities.filter(wantsExpiry)) {
      const domain = silentDomain(entity);
      if (domain !== undefined) wanting.set(domain, [...(wanting.get(domain) ?? []), entity]);
    }
    return [...wanting].map(([domain, those]) => finding(domain, those));
  },
};

const targets = ["url", "hostname", "grpcUrl"];

function wantsExpiry(entity: DeclaredEntity): boolean {
  return entity.canonical["domainExpiryNotification"] === true && !isWithheld(entity, "/domainExpiryNotification");
}

function targetOf({ written }: DeclaredEntity): string | undefined {
  return targets.find((field) => typeof written[field] === "string");
}

function silentDomain(entity: DeclaredEntity): string | undefined {
  const field = targetOf(entity);
  if (field === undefined || isWithheld(entity, pointerTo(field)) || isHidden(entity, pointerTo(field)))
    return undefined;
  const text = entity.canonical[field] as string;
  const host = /^(?:[a-z][a-z\d+.-]*:\/\/)?(?:[^@/]*@)?([\w.-]+)/iu.exec(text)?.[1]?.toLowerCase() ?? "";
  const domain = /\.([a-z]{2,})\.?$/u.exec(host)?.[1];
  if (domain === undefined) return undefined;
  const isSilent = domain.length === 2 ? !answering.has(domain) : silent.includes(domain);
  return isSilent ? domain : undefined;
}

function finding(domain: string, entities: readonly DeclaredEntity[]): Finding {
  const first = entities[0] as DeclaredEntity;
  const pointer = Object.hasOwn(first.written, "domainExpiryNotification")
    ? "/domainExpiryNotification"
    : pointerTo(targetOf(first) ?? "");
  const others = entities.length === 1 ? "" : ` (${entities.length} monitors)`;
  return findingFor(first, {
    code: "KS1432",
    severity: "info",
    message: `nobody can be asked when a .${domain} domain runs out${others}`,
    hint: "write domainExpiryNotification: false",
    why: `the registry of .${domain} answers no RDAP; Uptime Kuma logs a warning at every check from 2.1 on`,
    pointer,
  });
}
