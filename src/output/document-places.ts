/** Places in documents that hold kuma-sync's own words, which the redactor leaves alone (src/secrets/places.ts). */
import {
  blockerPlaces,
  drilledPlaces,
  errorPlaces,
  findingPlaces,
  firstHeartbeatPlaces,
  fixedPlaces,
  planPlaces,
  probedPlaces,
  silencePlaces,
  statusPlaces,
  stepOutcomePlaces,
  testedPlaces,
  verificationPlaces,
} from "../secrets/data-places.ts";
import type { AnyPlaces } from "../secrets/places.ts";
import type { DocumentName } from "../model/document-names.ts";

/** Members of every document. */
const envelope = { type: "own", formatVersion: "own" } as const;
const server = { version: "own" } as const;

const report = {
  ...envelope,
  server,
  result: "own",
  blockers: blockerPlaces,
  outcomes: stepOutcomePlaces,
  verification: verificationPlaces,
  firstHeartbeats: firstHeartbeatPlaces,
  findings: findingPlaces,
} as const;

const placesByName: Readonly<Record<DocumentName, AnyPlaces>> = {
  bootstrap: {
    ...envelope,
    database: "own",
    admin: "own",
    version: "own",
    findings: findingPlaces,
    blockers: { code: "own" },
    apply: report,
  },
  code: "own",
  codes: "own",
  diagnosis: {
    ...envelope,
    version: "own",
    requests: { method: "own", path: "own" },
    advice: { code: "own", severity: "own" },
    services: {
      key: "own",
      type: "own",
      version: "own",
      requests: { method: "own", path: "own" },
      advice: { code: "own", severity: "own" },
    },
    findings: findingPlaces,
  },
  drill: {
    ...envelope,
    on: "own",
    server,
    monitors: { ...drilledPlaces, state: "own", problems: { type: "own", variant: "value" } },
  },
  error: { ...envelope, error: errorPlaces },
  explanation: "own",
  findings: { ...envelope, findings: findingPlaces, fixed: fixedPlaces },
  import: { ...envelope, notRepresented: { kind: "own", name: "value" } },
  init: { ...envelope, path: "own", version: "own", detected: { type: "own", version: "own" } },
  "notification-test": { ...envelope, server, key: "own", name: "value", provider: "own", result: "own" },
  plan: { ...planPlaces, findings: findingPlaces },
  // The addresses are what was asked for.
  "push-urls": { ...envelope, server, pushUrls: { key: "own", name: "value", url: "own" } },
  query: { ...envelope, status: "own", server: "own", value: "value", resultType: "own", findings: findingPlaces },
  report,
  sandbox: { ...envelope, version: "own", via: "own" },
  silences: {
    ...envelope,
    server,
    started: silencePlaces,
    ended: silencePlaces,
    silences: silencePlaces,
    missing: "own",
  },
  snapshot: {
    ...envelope,
    path: "own",
    server: { version: "own" },
    entities: {
      kind: "own",
      name: "value",
      owner: { key: "own" },
      spec: { type: "own" },
      references: "own",
      sensitive: "own",
      type: "own",
    },
    ledger: { state: "own", entries: "own", defaults: "own", intents: { key: "own" } },
  },
  status: { ...envelope, server, monitors: statusPlaces, findings: findingPlaces },
  // Each was redacted by its own run.
  targets: { ...envelope, targets: { document: "own" } },
  test: {
    ...envelope,
    servers: "own",
    monitors: testedPlaces,
    probes: probedPlaces,
    services: { type: "own", version: "own" },
    openWebUI: { version: "own" },
    findings: findingPlaces,
  },
  version: "own",
};

/** `type` is the `type` of the document. */
export function placesOf({ type }: { readonly type: `kuma-sync.${DocumentName}` }): AnyPlaces {
  return placesByName[type.slice("kuma-sync.".length) as DocumentName];
}
