/** Drills of monitors that look at no response: what they watch is there or not. */
import type { JsonObject } from "../model/json.ts";
import type { PlannedDrill, PlannedVariant } from "./planned-drill.ts";

type Planned = Pick<PlannedDrill, "contact" | "healthy" | "expect" | "variants" | "total" | "notes">;

/** Of a port monitor, canonical. Or why there can be no drill. */
export function planConnectionDrill(spec: JsonObject): Planned | string {
  const { smtpSecurity = "nostarttls", expectedTlsAlert = "none", upsideDown } = spec;
  if (upsideDown === true) return "it is upside down: it would have to find the port closed first";
  if (smtpSecurity !== "nostarttls" || expectedTlsAlert !== "none")
    return "it expects TLS, which the listener does not speak";
  return plannedWith("connection", [
    { name: "connection refused", group: "outside", way: { type: "closed" }, expect: "down" },
  ]);
}

/** Of a dns monitor, canonical. Or why there can be no drill. */
export function planNameDrill(spec: JsonObject): Planned | string {
  const { conditions, dnsResolveType, upsideDown } = spec;
  if (upsideDown === true) return "it is upside down: it would have to find no name first";
  if (Array.isArray(conditions) && conditions.length > 0)
    return "its conditions say what the record must be, and no sample does";
  if (dnsResolveType === "PTR") return "it asks for the name of an address, which the listener does not know";
  return plannedWith(
    "request",
    (
      [
        ["no such name (NXDOMAIN)", "no-name"],
        ["failure of the name server (SERVFAIL)", "server-failure"],
        ["no record of the type", "no-record"],
      ] as const
    ).map(([name, error]) => ({ name, group: "outside", way: { type: "dns-error", error }, expect: "down" })),
  );
}

/** Of a push monitor, canonical. Or why there can be no drill. */
export function planPushDrill(spec: JsonObject): Planned | string {
  if (spec["upsideDown"] === true) return "it is upside down: it would have to be silent first";
  return plannedWith("push", [
    { name: "reported failure (status=down)", group: "outside", way: { type: "push-down" }, expect: "down" },
    { name: "no report for an interval", group: "outside", way: { type: "push-silence" }, expect: "down" },
  ]);
}

function plannedWith(contact: Planned["contact"], variants: readonly PlannedVariant[]): Planned {
  const healthy = { type: "response", status: 200, body: "drill" } as const;
  return {
    contact,
    healthy: contact === "push" ? undefined : healthy,
    expect: "up",
    variants,
    total: variants.length,
    notes: [],
  };
}
